package io.steadfast.http.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.steadfast.core.Diagnosis.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The shape of {@code resilience.http.*} as far as clients are concerned, for editors and the reference. The values that count are bound
 * per client, on top of the defaults.
 */
@ConfigurationProperties("resilience.http")
class HttpProperties {

    /** Whether HTTP clients are guarded and their answers understood. */
    private boolean enabled = true;

    /** What holds for every client unless it says otherwise. */
    private final Settings defaults = new Settings();

    /** HTTP clients, by the name of their calls. */
    private final Map<String, Client> clients = new LinkedHashMap<>();

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Settings getDefaults() {
        return defaults;
    }

    public Map<String, Client> getClients() {
        return clients;
    }

    /** The rules of a client, initially the built-in ones. Public for those who fill it by reflection. */
    public static class Settings {

        /**
         * Status codes that mean something else than usual, by what they mean: success, callers-own, throttled, transient or failure. Each
         * lists codes (500), ranges (520-529) and classes (5xx).
         */
        private final Map<Kind, List<String>> statuses = new EnumMap<>(Kind.class);

        /** Methods that are repeated though HTTP does not call them idempotent, such as POST. */
        private Set<String> retryMethods = new LinkedHashSet<>();

        /** Whether a request that could not be repeated otherwise gets a key, the same on each attempt. */
        private boolean idempotencyKey;

        /** Header with the key that makes a request repeatable. */
        private String idempotencyKeyHeader = "Idempotency-Key";

        /** Whether failures are retried here although the caller of this service retries too. */
        private boolean retryBelow;

        /** Whether requests that are retried say which attempt they are. */
        private boolean attemptHeader = true;

        /** Bytes of an answer that are read before it counts as received; a longer one is handed on as it comes. */
        private DataSize maxBufferedBody = DataSize.ofMegabytes(1);

        private final PushBack pushBack = new PushBack();

        private final Deadline deadline = new Deadline();

        public Map<Kind, List<String>> getStatuses() {
            return statuses;
        }

        public Set<String> getRetryMethods() {
            return retryMethods;
        }

        public void setRetryMethods(Set<String> retryMethods) {
            this.retryMethods = retryMethods;
        }

        public boolean isIdempotencyKey() {
            return idempotencyKey;
        }

        public void setIdempotencyKey(boolean idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
        }

        public String getIdempotencyKeyHeader() {
            return idempotencyKeyHeader;
        }

        public void setIdempotencyKeyHeader(String idempotencyKeyHeader) {
            this.idempotencyKeyHeader = idempotencyKeyHeader;
        }

        public boolean isRetryBelow() {
            return retryBelow;
        }

        public void setRetryBelow(boolean retryBelow) {
            this.retryBelow = retryBelow;
        }

        public boolean isAttemptHeader() {
            return attemptHeader;
        }

        public void setAttemptHeader(boolean attemptHeader) {
            this.attemptHeader = attemptHeader;
        }

        public DataSize getMaxBufferedBody() {
            return maxBufferedBody;
        }

        public void setMaxBufferedBody(DataSize maxBufferedBody) {
            this.maxBufferedBody = maxBufferedBody;
        }

        public PushBack getPushBack() {
            return pushBack;
        }

        public Deadline getDeadline() {
            return deadline;
        }
    }

    /** One client. Public for those who fill it by reflection. */
    public static class Client extends Settings {

        /** URL under which its requests are found: scheme, host and perhaps a path. Either this or service-id. */
        private @Nullable String baseUrl;

        /** Id of the service it calls, which stands where a URL has its host. Either this or base-url. */
        private @Nullable String serviceId;

        /** Paths below the URL that are meant, such as /orders/{id} or /orders/**; all of them if none is given. */
        private List<String> paths = new ArrayList<>();

        public @Nullable String getBaseUrl() {
            return baseUrl;
        }

        public void setBaseUrl(@Nullable String baseUrl) {
            this.baseUrl = baseUrl;
        }

        public @Nullable String getServiceId() {
            return serviceId;
        }

        public void setServiceId(@Nullable String serviceId) {
            this.serviceId = serviceId;
        }

        public List<String> getPaths() {
            return paths;
        }

        public void setPaths(List<String> paths) {
            this.paths = paths;
        }
    }

    /** What is made of a server that asks to be left alone. Public for those who fill it by reflection. */
    public static class PushBack {

        /** Longest wait that a server is granted; a longer one is cut down to it. */
        private Duration cap = Duration.ofSeconds(30);

        /** Whether one 429 or 503 that asks for a wait keeps all other callers of the client away that long. */
        private boolean quiet;

        public Duration getCap() {
            return cap;
        }

        public void setCap(Duration cap) {
            this.cap = cap;
        }

        public boolean isQuiet() {
            return quiet;
        }

        public void setQuiet(boolean quiet) {
            this.quiet = quiet;
        }
    }

    /** How the server is told how much time is left. Public for those who fill it by reflection. */
    public static class Deadline {

        /** Header that says how much time is left, in gRPC's syntax; none to say nothing. */
        private String header = "Resilience-Timeout";

        /** Time taken off what is left, for the way back. */
        private Duration margin = Duration.ofMillis(10);

        public String getHeader() {
            return header;
        }

        public void setHeader(String header) {
            this.header = header;
        }

        public Duration getMargin() {
            return margin;
        }

        public void setMargin(Duration margin) {
            this.margin = margin;
        }
    }
}
