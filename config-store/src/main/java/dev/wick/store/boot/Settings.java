package dev.wick.store.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a store process. Each is a flag, else an environment variable, else its default.
 *
 * @param data folder of log, bundles, views and keys; {@code --data}, {@code WICK_DATA}, default
 *     {@code ~/.wick}
 * @param address IP address or name that the API listens on; {@code --api [ADDR:]PORT}, {@code
 *     WICK_API}, default 127.0.0.1
 * @param port 0-65535, 0 for any free one; default 8100
 * @param keepRevisions how many revisions of a gateway stay readable and can be restored, at least
 *     1; {@code --keep-revisions}, {@code WICK_KEEP_REVISIONS}, default 10,000
 * @param keepDays how many days they do, 1-36500; {@code --keep-days}, {@code WICK_KEEP_DAYS},
 *     default 30
 * @param key the key-encryption key in base64; {@code WICK_STORE_KEY}, no flag: flags are seen by
 *     every process of the machine
 * @param oldKeys keys that it replaced, in base64 with blanks between; {@code WICK_STORE_OLD_KEYS}
 */
record Settings(
        Path data,
        String address,
        int port,
        int keepRevisions,
        int keepDays,
        @Nullable String key,
        @Nullable String oldKeys) {

    static final String USAGE =
            """
            usage: wick store [--data DIR] [--api [ADDR:]PORT] [--keep-revisions N] [--keep-days N]
              --data DIR            where everything is kept (WICK_DATA; default ~/.wick)
              --api [ADDR:]PORT     where the API listens (WICK_API; default 127.0.0.1:8100)
              --keep-revisions N    how many revisions stay readable (WICK_KEEP_REVISIONS; default 10000)
              --keep-days N         for how many days (WICK_KEEP_DAYS; default 30)
            """;

    private static final Map<String, String> FLAGS =
            Map.of(
                    "--data", "WICK_DATA",
                    "--api", "WICK_API",
                    "--keep-revisions", "WICK_KEEP_REVISIONS",
                    "--keep-days", "WICK_KEEP_DAYS");

    /** Variables by name. */
    interface Environment {
        @Nullable String value(String name);
    }

    /**
     * What can't be read is an {@link IllegalArgumentException} with a sentence for the operator.
     */
    static Settings read(List<String> arguments, Environment environment) {
        Map<String, String> flags = flags(arguments);
        Environment setting =
                name -> flags.containsKey(name) ? flags.get(name) : environment.value(name);
        String data = setting.value("WICK_DATA");
        String api = or(setting.value("WICK_API"), "127.0.0.1:8100");
        int colon = api.lastIndexOf(':');
        return new Settings(
                data == null || data.isBlank() ? home().resolve(".wick") : Path.of(data),
                colon < 0 ? "127.0.0.1" : unbracketed(api.substring(0, colon)),
                number("--api", api.substring(colon + 1), 0, 65_535, "[ADDR:]PORT, PORT 0-65535"),
                number(
                        "--keep-revisions",
                        or(setting.value("WICK_KEEP_REVISIONS"), "10000"),
                        1,
                        1_000_000_000,
                        "1-1000000000"),
                number(
                        "--keep-days",
                        or(setting.value("WICK_KEEP_DAYS"), "30"),
                        1,
                        36_500,
                        "1-36500"),
                environment.value("WICK_STORE_KEY"),
                environment.value("WICK_STORE_OLD_KEYS"));
    }

    private static Path home() {
        String home = System.getProperty("user.home", "");
        if (home.isBlank()) {
            // Else a store would begin in whatever folder it is started in.
            throw new IllegalArgumentException(
                    "no home folder: HOME is not set (expected: --data DIR, or WICK_DATA)");
        }
        return Path.of(home);
    }

    private static Map<String, String> flags(List<String> arguments) {
        List<String> rest = new ArrayList<>(arguments);
        Map<String, String> flags = new HashMap<>();
        while (!rest.isEmpty()) {
            String flag = rest.removeFirst();
            int equals = flag.indexOf('=');
            String name = FLAGS.get(equals < 0 ? flag : flag.substring(0, equals));
            if (name == null) {
                throw new IllegalArgumentException(
                        flag
                                + ": unknown (expected: "
                                + String.join(", ", FLAGS.keySet().stream().sorted().toList())
                                + ")");
            }
            if (equals < 0 && rest.isEmpty()) {
                throw new IllegalArgumentException(flag + ": missing (expected: a value)");
            }
            flags.put(name, equals < 0 ? rest.removeFirst() : flag.substring(equals + 1));
        }
        return flags;
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]")
                ? address.substring(1, address.length() - 1)
                : address;
    }

    private static int number(String name, String text, int least, int most, String expected) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message that says what was expected.
        }
        throw new IllegalArgumentException(name + ": " + text + " (expected: " + expected + ")");
    }
}
