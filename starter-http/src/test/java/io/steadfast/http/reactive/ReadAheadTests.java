package io.steadfast.http.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.steadfast.http.reactive.ReadAhead.Read;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Every buffer that came over a connection is released once, whatever happens. */
class ReadAheadTests {

    private final NettyDataBufferFactory factory = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

    private final List<ByteBuf> made = new ArrayList<>();

    @Property
    void whenBodyIsRead_thenItIsTheSameHoweverLongItIs(
            @ForAll @Size(max = 10) List<@StringLength(max = 20) String> chunks,
            @ForAll @IntRange(min = 1, max = 60) int most) {
        Flux<DataBuffer> body = Flux.fromIterable(chunks).map(this::buffer);

        Read read = Objects.requireNonNull(ReadAhead.of(body, most).block());

        String whole = String.join("", chunks);
        assertThat(text(read.body()).block()).isEqualTo(whole);
        assertThat(read.rest() == null).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length <= most);
        assertAllReleased();
    }

    @Test
    void whenReadingIsCancelled_thenTheBodyIsAndNothingIsHeld() {
        TestPublisher<DataBuffer> body = TestPublisher.create();

        StepVerifier.create(ReadAhead.of(body.flux(), 100))
                .then(() -> body.next(buffer("begun")))
                .thenCancel()
                .verify();

        body.assertCancelled();
        assertAllReleased();
    }

    @Test
    void whenBodyBreaksOff_thenTheFailureIsToldAndNothingIsHeld() {
        TestPublisher<DataBuffer> body = TestPublisher.create();

        StepVerifier.create(ReadAhead.of(body.flux(), 100))
                .then(() -> body.next(buffer("begun")).error(new IOException("reset")))
                .verifyError(IOException.class);

        assertAllReleased();
    }

    @Test
    void whenTheRestIsGivenUp_thenTheBodyIsCancelled() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        List<Read> read = new ArrayList<>();

        ReadAhead.of(body.flux(), 3).subscribe(read::add);
        body.next(buffer("begun"));
        Objects.requireNonNull(read.get(0).rest()).dispose();

        body.assertCancelled();
        assertAllReleased();
    }

    @Test
    void whenReceiverCancelsInTheRest_thenTheBodyIsCancelledAndWhatItDidNotTakeIsReleased() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        List<Read> read = new ArrayList<>();
        ReadAhead.of(body.flux(), 3).subscribe(read::add);
        body.next(buffer("begun"));

        StepVerifier.create(read.get(0).body().doOnNext(DataBufferUtils::release), 2)
                .expectNextCount(1)
                .then(() -> body.next(buffer("taken")))
                .expectNextCount(1)
                .thenCancel()
                .verify();

        body.assertCancelled();
        assertAllReleased();
    }

    @Test
    void whenRestBreaksOff_thenItsReceiverIsTold() {
        TestPublisher<DataBuffer> body = TestPublisher.create();
        List<Read> read = new ArrayList<>();
        ReadAhead.of(body.flux(), 3).subscribe(read::add);
        body.next(buffer("begun"));

        StepVerifier.create(read.get(0).body())
                .expectNextCount(1)
                .then(() -> body.error(new IOException("reset")))
                .verifyError(IOException.class);
    }

    private DataBuffer buffer(String text) {
        ByteBuf bytes = UnpooledByteBufAllocator.DEFAULT.buffer();
        bytes.writeCharSequence(text, StandardCharsets.UTF_8);
        made.add(bytes);
        return factory.wrap(bytes);
    }

    private void assertAllReleased() {
        assertThat(made).allSatisfy(bytes -> assertThat(bytes.refCnt()).isZero());
    }

    private static Mono<String> text(Flux<DataBuffer> body) {
        return body.map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .reduce(new byte[0], ReadAheadTests::joined)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
