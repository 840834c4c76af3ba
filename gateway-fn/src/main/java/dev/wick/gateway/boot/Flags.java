package dev.wick.gateway.boot;

import dev.wick.gateway.boot.Settings.Environment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line, and the environment behind it: {@code --fetch-timeout} is {@code
 * WICK_FETCH_TIMEOUT} there.
 */
final class Flags {

    static final String[] KNOWN = {
        "--access-log",
        "--admin",
        "--cache",
        "--drain-time",
        "--max-connections",
        "--fetch-timeout",
        "--gateway",
        "--http",
        "--instance",
        "--listen",
        "--overload",
        "--store",
        "--token-file"
    };

    private final Map<String, String> given = new HashMap<>();
    private final Environment environment;

    private Flags(Environment environment) {
        this.environment = environment;
    }

    /** {@code --flag value} or {@code --flag=value}; {@code --listen} may be repeated. */
    static Flags read(String[] arguments, Environment environment) {
        Flags flags = new Flags(environment);
        int i = 0;
        while (i < arguments.length) {
            String argument = arguments[i++];
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            if (!known(flag)) {
                throw new IllegalArgumentException(
                        flag + ": unknown (expected: " + String.join(", ", KNOWN) + ")");
            }
            if (equals < 0 && i == arguments.length) {
                throw new IllegalArgumentException(flag + ": missing (expected: a value)");
            }
            String value = equals < 0 ? arguments[i++] : argument.substring(equals + 1);
            String before = flags.given.get(flag);
            boolean joined = before != null && flag.equals("--listen");
            flags.given.put(flag, joined ? before + "," + value : value);
        }
        return flags;
    }

    private static boolean known(String flag) {
        for (String one : KNOWN) {
            if (one.equals(flag)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it stands on the command line. */
    boolean given(String flag) {
        return given.containsKey(flag);
    }

    /** Null where it is neither given nor set. */
    @Nullable String value(String flag) {
        String value = given.get(flag);
        if (value == null) {
            value =
                    environment.value(
                            "WICK_"
                                    + flag.substring(2)
                                            .replace('-', '_')
                                            .toUpperCase(java.util.Locale.ROOT));
            return value == null || value.isBlank() ? null : value.strip();
        }
        return value;
    }

    String value(String flag, String otherwise) {
        String value = value(flag);
        return value == null ? otherwise : value;
    }
}
