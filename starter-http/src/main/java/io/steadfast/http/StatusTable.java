package io.steadfast.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.steadfast.core.Diagnosis.Kind;
import io.steadfast.core.InvalidSettingsException;
import org.jspecify.annotations.Nullable;

/**
 * What a status code says about the target.
 *
 * <table>
 * <caption>What holds unless it is overridden</caption>
 * <tr><th>status</th><th>kind</th></tr>
 * <tr><td>1xx, 2xx, 3xx</td><td>{@link Kind#SUCCESS}</td></tr>
 * <tr><td>408, 502, 503, 504</td><td>{@link Kind#TRANSIENT}</td></tr>
 * <tr><td>429</td><td>{@link Kind#THROTTLED}</td></tr>
 * <tr><td>other 4xx</td><td>{@link Kind#CALLERS_OWN}</td></tr>
 * <tr><td>500, other 5xx, and anything else</td><td>{@link Kind#FAILURE}</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe.
 */
public final class StatusTable {

    private static final int LOWEST = 100;

    private static final int HIGHEST = 599;

    private static final StatusTable STANDARD = new StatusTable(standardKinds());

    private final Kind[] kinds;

    private StatusTable(Kind[] kinds) {
        this.kinds = kinds;
    }

    /**
     * The table above.
     *
     * @return the shared constant
     */
    public static StatusTable standard() {
        return STANDARD;
    }

    /**
     * A table in which some codes mean something else.
     *
     * @param overrides for each kind the codes that mean it: single ones ({@code 500}), ranges with both ends ({@code 520-529}) and
     *     classes ({@code 5xx}). A single code wins over a range or class that contains it
     * @return the table
     * @throws InvalidSettingsException if something is no code, or two kinds claim the same one; the keys are {@code statuses.success}
     *     and so on
     */
    public StatusTable with(Map<Kind, List<String>> overrides) {
        StatusClaims claims = new StatusClaims();
        new TreeMap<>(overrides).forEach((kind, texts) -> texts.forEach(text -> claims.add(kind, text)));
        Kind[] changed = kinds.clone();
        claims.forEach((status, kind) -> changed[status - LOWEST] = kind);
        return new StatusTable(changed);
    }

    /**
     * What a status code means.
     *
     * @param status any number
     * @return its kind
     */
    public Kind kindOf(int status) {
        return status < LOWEST || status > HIGHEST ? Kind.FAILURE : kinds[status - LOWEST];
    }

    private static Kind[] standardKinds() {
        Kind[] kinds = new Kind[HIGHEST - LOWEST + 1];
        for (int status = LOWEST; status <= HIGHEST; status++) {
            kinds[status - LOWEST] = standardKind(status);
        }
        return kinds;
    }

    private static Kind standardKind(int status) {
        return switch (status) {
            case 408, 502, 503, 504 -> Kind.TRANSIENT;
            case 429 -> Kind.THROTTLED;
            default -> status < 400 ? Kind.SUCCESS : status < 500 ? Kind.CALLERS_OWN : Kind.FAILURE;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusTable table && Arrays.equals(table.kinds, kinds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(kinds);
    }
}
