package io.steadfast.drills;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;

/** What a caller has written down: what its users got, and what it sent to whom. */
final class Ledger {

    private final Queue<UserRequest> users = new ConcurrentLinkedQueue<>();

    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();

    /** Takes a line of the caller's journal. */
    void add(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "USER" -> users.add(new UserRequest(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]));
            case "SENT" ->
                sent.add(
                        new Sent(Long.parseLong(words[1]), Integer.parseInt(words[2]), Boolean.parseBoolean(words[3])));
            default -> throw new IllegalArgumentException("No line of a journal: " + line);
        }
    }

    List<UserRequest> users(LongPredicate when) {
        return users.stream().filter(user -> when.test(user.dueMillis())).toList();
    }

    List<Sent> sent(LongPredicate when) {
        return sent.stream().filter(one -> when.test(one.sentMillis())).toList();
    }

    /**
     * A user's request.
     *
     * @param dueMillis when it was due
     * @param micros how long the user waited from then on
     * @param outcome "ok", or the simple name of what was thrown
     */
    record UserRequest(long dueMillis, long micros, String outcome) {

        boolean isAnswered() {
            return outcome.equals("ok");
        }
    }

    /**
     * A request to an instance.
     *
     * @param sentMillis when
     * @param port whose
     * @param answered whether the answer was what it was asked for
     */
    record Sent(long sentMillis, int port, boolean answered) {}
}
