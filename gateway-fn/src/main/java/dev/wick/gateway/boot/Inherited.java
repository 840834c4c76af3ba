package dev.wick.gateway.boot;

import dev.wick.gateway.boot.Settings.Environment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which listening sockets the process was started with, by systemd's protocol for them: {@code
 * LISTEN_FDS} of them from descriptor 3 on, for the process {@code LISTEN_PID}, named by {@code
 * LISTEN_FDNAMES}. A name is that of a listener; a socket without one is for the listener {@code
 * http}.
 */
final class Inherited {

    private static final String HTTP = "http";
    private static final int FIRST = 3;
    private static final int MOST = 1_000;

    /** What systemd calls a socket whose unit gives it no name: after the unit, or nothing. */
    private static final String OF_UNIT = ".socket";

    private static final String UNNAMED = "unknown";

    private Inherited() {}

    /** Descriptors by listener; empty where there are none, or they are another process'. */
    static Map<String, Integer> read(Environment environment) {
        Map<String, Integer> sockets = new LinkedHashMap<>();
        String number = environment.value("LISTEN_FDS");
        if (number == null || number.isBlank() || !isForThisProcess(environment)) {
            return sockets;
        }
        int sum = count(number.strip());
        String[] names = names(environment.value("LISTEN_FDNAMES"), sum);
        for (int i = 0; i < sum; i++) {
            String listener = listener(names == null ? "" : names[i]);
            if (sockets.put(listener, FIRST + i) != null) {
                throw new IllegalArgumentException(
                        "LISTEN_FDNAMES: two sockets for the listener "
                                + listener
                                + " (expected: the name of a listener for each, by"
                                + " FileDescriptorName= in its unit)");
            }
        }
        return sockets;
    }

    private static boolean isForThisProcess(Environment environment) {
        String process = environment.value("LISTEN_PID");
        return process != null
                && process.strip().equals(Long.toString(ProcessHandle.current().pid()));
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 0 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("LISTEN_FDS: " + text + " (expected: 0-" + MOST + ")");
    }

    private static String @Nullable [] names(@Nullable String text, int sum) {
        if (text == null) {
            return null;
        }
        String[] names = new String[sum];
        int found = 0;
        int start = 0;
        while (start <= text.length()) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? text.length() : colon;
            if (found < sum) {
                names[found] = text.substring(start, end);
            }
            found++;
            start = end + 1;
        }
        if (found != sum) {
            throw new IllegalArgumentException(
                    "LISTEN_FDNAMES: "
                            + text
                            + " (expected: "
                            + sum
                            + " names, as LISTEN_FDS says)");
        }
        return names;
    }

    private static String listener(String name) {
        return name.isEmpty() || name.equals(UNNAMED) || name.endsWith(OF_UNIT) ? HTTP : name;
    }
}
