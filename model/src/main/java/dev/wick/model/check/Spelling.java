package dev.wick.model.check;

import dev.wick.model.Locality;
import dev.wick.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;

/** Values as documents spell them, for problems and for what is written. */
public final class Spelling {

    private static final String[] UNITS = {"h", "m", "s", "ms"};
    private static final long[] MILLIS = {3_600_000, 60_000, 1_000, 1};

    private Spelling() {}

    /** As {@code 1m30s} for 90 s; what is below a millisecond is dropped. */
    public static String of(Duration duration) {
        long left = duration.toMillis();
        if (left <= 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            if (left >= MILLIS[i]) {
                text.append(left / MILLIS[i]).append(UNITS[i]);
                left %= MILLIS[i];
            }
        }
        return text.toString();
    }

    /** As {@code {region: "eu", zone: "a"}}, without what is not said. */
    static String of(Locality locality) {
        StringJoiner fields = new StringJoiner(", ", "{", "}");
        field("region", locality.region(), fields);
        field("zone", locality.zone(), fields);
        field("subZone", locality.subZone(), fields);
        return fields.toString();
    }

    private static void field(String name, String value, StringJoiner fields) {
        if (!value.isEmpty()) {
            fields.add(name + ": " + Problem.shown(value));
        }
    }

    /** As {@code [a, b]}; texts are quoted where they would not stay on one line. */
    static String of(List<String> texts) {
        StringJoiner list = new StringJoiner(", ", "[", "]");
        for (String text : texts) {
            list.add(onOneLine(text));
        }
        return list.toString();
    }

    /** The text itself, or quoted where it has control characters. */
    static String onOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return Problem.shown(text);
            }
        }
        return text;
    }
}
