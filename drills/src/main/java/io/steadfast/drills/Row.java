package io.steadfast.drills;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one side made of one trouble.
 *
 * @param phase the trouble
 * @param side the side
 * @param answered users who got what they wanted
 * @param failed users who did not, by what they got
 * @param waitMicros what users waited, sorted
 * @param sent requests sent to instances, by port
 * @param sentToTroubled of these, those that were sent to an instance in trouble
 * @param ejectedAfter milliseconds from the beginning of the trouble to the last request sent there, which is the time to ejection; empty
 *     if requests were sent there as long as it lasted
 * @param failedAfterEjection users who came later than that and failed nevertheless, while others could have answered
 * @param returnedAfter milliseconds from when all that had been in trouble could serve again to when the last of them had served
 */
public record Row(
        Phase phase,
        Side side,
        int answered,
        Map<String, Long> failed,
        long[] waitMicros,
        Map<Integer, Long> sent,
        int sentToTroubled,
        OptionalLong ejectedAfter,
        int failedAfterEjection,
        OptionalLong returnedAfter) {

    /** As long as nothing has been sent there until the end of the trouble, it counts as ejected. */
    private static final long QUIET_MILLIS = 1000;

    static Row of(Phase phase, Side side, Ledger ledger) {
        List<Ledger.UserRequest> users = ledger.users(phase::contains);
        List<Ledger.Sent> sent = ledger.sent(phase::contains);
        List<Ledger.Sent> toTroubled =
                sent.stream().filter(one -> isInTrouble(phase, one)).toList();
        OptionalLong ejectedAfter = ejectedAfter(phase, toTroubled);
        return new Row(
                phase,
                side,
                (int) users.stream().filter(Ledger.UserRequest::isAnswered).count(),
                users.stream()
                        .filter(user -> !user.isAnswered())
                        .collect(Collectors.groupingBy(Ledger.UserRequest::outcome, Collectors.counting())),
                users.stream().mapToLong(Ledger.UserRequest::micros).sorted().toArray(),
                sent.stream().collect(Collectors.groupingBy(Ledger.Sent::port, TreeMap::new, Collectors.counting())),
                toTroubled.size(),
                ejectedAfter,
                failedAfter(phase, users, ejectedAfter),
                returnedAfter(phase, ledger));
    }

    private static boolean isInTrouble(Phase phase, Ledger.Sent one) {
        return phase.able().containsKey(one.port()) && one.sentMillis() < phase.ended();
    }

    private static OptionalLong ejectedAfter(Phase phase, List<Ledger.Sent> toTroubled) {
        if (phase.able().isEmpty() || phase.trouble() == Trouble.ALL_KILLED) {
            return OptionalLong.empty();
        }
        long last = toTroubled.stream().mapToLong(Ledger.Sent::sentMillis).max().orElse(phase.began());
        return phase.ended() - last < QUIET_MILLIS ? OptionalLong.empty() : OptionalLong.of(last - phase.began());
    }

    private static int failedAfter(Phase phase, List<Ledger.UserRequest> users, OptionalLong ejectedAfter) {
        return ejectedAfter.isEmpty()
                ? 0
                : (int) users.stream()
                        .filter(user -> !user.isAnswered())
                        .filter(user -> user.dueMillis() > phase.began() + ejectedAfter.getAsLong())
                        .count();
    }

    private static OptionalLong returnedAfter(Phase phase, Ledger ledger) {
        if (phase.able().isEmpty()) {
            return OptionalLong.empty();
        }
        long able = Collections.max(phase.able().values());
        long last = 0;
        for (int port : phase.able().keySet()) {
            Optional<Ledger.Sent> served = served(port, phase.able().get(port), ledger);
            if (served.isEmpty()) {
                return OptionalLong.empty();
            }
            last = Math.max(last, served.get().sentMillis() - able);
        }
        return OptionalLong.of(Math.max(0, last));
    }

    static Optional<Ledger.Sent> served(int port, long since, Ledger ledger) {
        return ledger.sent(millis -> millis >= since).stream()
                .filter(one -> one.port() == port && one.answered())
                .min((one, other) -> Long.compare(one.sentMillis(), other.sentMillis()));
    }

    int users() {
        return waitMicros.length;
    }

    /** How many failed, whatever they got. */
    int failures() {
        return users() - answered;
    }

    /** Requests to instances besides one for each user. */
    int extra() {
        return (int) sent.values().stream().mapToLong(Long::longValue).sum() - users();
    }

    /** What so many percent of the users did not wait longer than. */
    double waitMillis(double percent) {
        int index = (int) Math.ceil(percent / 100 * waitMicros.length) - 1;
        return waitMicros.length == 0 ? 0 : waitMicros[Math.max(0, index)] / 1000.0;
    }

    @Override
    public String toString() {
        return side.title() + ", " + phase.trouble().title() + ": " + answered + " of " + users() + " answered, failed "
                + failed + ", p50 " + waitMillis(50) + " ms, p99 " + waitMillis(99) + " ms, longest " + waitMillis(100)
                + " ms, sent " + sent + ", to the troubled " + sentToTroubled + ", ejected after " + ejectedAfter
                + ", failed after that " + failedAfterEjection + ", returned after " + returnedAfter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row
                && phase.equals(row.phase)
                && side == row.side
                && Arrays.equals(waitMicros, row.waitMicros);
    }

    @Override
    public int hashCode() {
        return phase.hashCode() * 31 + side.hashCode();
    }
}
