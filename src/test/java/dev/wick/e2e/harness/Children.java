package dev.wick.e2e.harness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Shows the last words of the processes last started when a test fails. Registered for all tests;
 * thread-safe.
 */
public final class Children implements TestWatcher {

    private static final int KEPT = 6;
    private static final int LINES = 40;
    private static final Deque<Child> LAST = new ArrayDeque<>();

    static synchronized void started(Child child) {
        if (LAST.size() == KEPT) {
            LAST.removeFirst();
        }
        LAST.addLast(child);
    }

    private static synchronized List<Child> last() {
        return List.copyOf(LAST);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.out.println("--- " + context.getDisplayName() + ": " + cause);
        for (Child child : last()) {
            List<String> lines = child.lines();
            System.out.println(
                    "--- " + child + (child.running() ? ", running" : ", ended") + ", said last:");
            lines.subList(Math.max(0, lines.size() - LINES), lines.size())
                    .forEach(System.out::println);
        }
    }
}
