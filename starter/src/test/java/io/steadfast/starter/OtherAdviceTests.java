package io.steadfast.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.fallback.Fallback;
import io.steadfast.retry.Retry;
import io.steadfast.test.ManualTimer;
import org.junit.jupiter.api.Test;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Where guards lie among the other advice of a bean. */
class OtherAdviceTests {

    @Test
    void whenTransactional_thenEachAttemptIsATransactionOfItsOwn() {
        Steadfast.application(Transactions.class, Orders.class).run(context -> {
            assertThat(context.getBean(Orders.class).place()).isEqualTo("placed at 3");
            assertThat(context.getBean(RecordingTransactions.class).log)
                    .containsExactly("begin", "rollback", "begin", "rollback", "begin", "commit");
        });
    }

    @Test
    void whenCacheable_thenAFallbackIsNeverCached() {
        Steadfast.application(Caches.class, Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            assertThat(prices.price("a")).isEqualTo("unknown");
            assertThat(context.getBean(CacheManager.class).getCache("prices").get("a"))
                    .isNull();
            assertThat(prices.price("a")).isEqualTo("price 2");
            assertThat(prices.price("a")).isEqualTo("price 2");
        });
    }

    @Test
    void whenAsync_thenTheGuardRunsWhereTheWorkRuns() {
        Steadfast.application(AsyncMethods.class, Mailer.class).run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            mailer.send();
            assertThat(mailer.sent().get(10, TimeUnit.SECONDS))
                    .startsWith("task-")
                    .endsWith(" at 3");
            CompletableFuture<String> answer = mailer.answer();
            ManualTimer timer = context.getBean(ManualTimer.class);
            await().until(() -> {
                timer.advance(Duration.ZERO);
                return answer.isDone();
            });
            assertThat(answer).isCompletedWithValue("answer at 3");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Transactions {

        @Bean
        PlatformTransactionManager transactionManager() {
            return new RecordingTransactions();
        }
    }

    static class Orders {

        private int attempts;

        @Retry
        @Transactional
        public String place() {
            if (++attempts < 3) {
                throw new IllegalStateException("not yet");
            }
            return "placed at " + attempts;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caches {

        @Bean
        CacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }
    }

    static class Prices {

        private final AtomicInteger entered = new AtomicInteger();

        @Cacheable("prices")
        @Fallback(method = "unknown")
        public String price(String product) {
            int count = entered.incrementAndGet();
            if (count == 1) {
                throw new IllegalStateException("price service is down");
            }
            return "price " + count;
        }

        private String unknown() {
            return "unknown";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncMethods {

        @Bean
        org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor taskExecutor() {
            var executor = new org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor();
            executor.setThreadNamePrefix("task-");
            return executor;
        }
    }

    static class Mailer {

        private final CompletableFuture<String> sent = new CompletableFuture<>();

        private final AtomicInteger sends = new AtomicInteger();

        private final AtomicInteger answers = new AtomicInteger();

        CompletableFuture<String> sent() {
            return sent;
        }

        @Async
        @Retry
        public void send() {
            if (sends.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            sent.complete(Thread.currentThread().getName() + " at " + sends);
        }

        @Async
        @Retry(waitDuration = "0")
        public CompletableFuture<String> answer() {
            return answers.incrementAndGet() < 3
                    ? CompletableFuture.failedFuture(new IllegalStateException("not yet"))
                    : CompletableFuture.completedFuture("answer at " + answers);
        }
    }

    static class RecordingTransactions extends AbstractPlatformTransactionManager {

        final List<String> log = new ArrayList<>();

        @Override
        protected Object doGetTransaction() {
            return log;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            log.add("begin");
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            log.add("commit");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            log.add("rollback");
        }
    }
}
