package io.steadfast.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the rules about each call: not before the application has started, because until then methods may come that have a say in
 * the settings of a policy they share.
 */
final class CallRules {

    private final Supplier<List<CallRule>> rules;

    private final StartupReport report;

    private final Queue<GuardedCallSettings> waiting = new ConcurrentLinkedQueue<>();

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    private volatile boolean started;

    CallRules(Supplier<List<CallRule>> rules, StartupReport report) {
        this.rules = rules;
        this.report = report;
    }

    void add(GuardedCallSettings call) {
        waiting.add(call);
        if (started) {
            checkWaiting();
        }
    }

    void start() {
        started = true;
        checkWaiting();
    }

    private void checkWaiting() {
        for (GuardedCallSettings call = waiting.poll(); call != null; call = waiting.poll()) {
            CallRule.Findings findings = new FindingsOf(call);
            for (CallRule rule : rules.get()) {
                rule.check(call, findings);
            }
        }
    }

    private final class FindingsOf implements CallRule.Findings {

        private final GuardedCallSettings call;

        FindingsOf(GuardedCallSettings call) {
            this.call = call;
        }

        @Override
        public void refuse(String what, String action, GuardedCallSettings.Setting<?>... concerned) {
            report.add(problem(what, action, concerned));
        }

        @Override
        public void warn(String what, String action, GuardedCallSettings.Setting<?>... concerned) {
            String text = problem(what, action, concerned).describe();
            if (warned.add(text)) {
                report.notice(text);
            }
        }

        private StartupProblem problem(String what, String action, GuardedCallSettings.Setting<?>... concerned) {
            String where = Arrays.stream(concerned)
                    .map(setting ->
                            setting.describe() + " from " + setting.shown().origin())
                    .collect(Collectors.joining(", "));
            return new StartupProblem(
                    "Call '" + call.name() + "': " + what, where.isEmpty() ? call.method() : where, action);
        }
    }
}
