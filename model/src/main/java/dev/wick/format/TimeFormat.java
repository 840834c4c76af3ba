package dev.wick.format;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time as {@code strftime} writes it, in UTC, with Envoy's additions: {@code %s} (seconds since
 * 1970), {@code %3f} (so many digits of the second's fraction), {@code %E3S} (seconds with so many
 * digits of the fraction). Immutable.
 */
final class TimeFormat {

    /** As {@code 2026-11-20T17:10:41.123Z}. */
    static final String DEFAULT = "%Y-%m-%dT%H:%M:%E3SZ";

    private static final String KNOWN =
            "strftime's %Y %m %d %e %H %I %M %S %y %j %a %A %b %B %p %T %F %D %R %s %f %z %Z %n %t %%, %1f-%9f and %E1S-%E9S";
    private static final String[] DAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };
    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };

    private final String format;

    private TimeFormat(String format) {
        this.format = format;
    }

    static TimeFormat of(String format) {
        return new TimeFormat(format.isEmpty() ? DEFAULT : format);
    }

    /** What was expected instead; null if the format is good. */
    static @Nullable String expected(String format) {
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', at)) {
            int end = end(format, at);
            if (end < 0) {
                return KNOWN;
            }
            at = end;
        }
        return null;
    }

    /** Where the conversion that begins at {@code at} ends; -1 where it is none. */
    private static int end(String format, int at) {
        if (at + 1 == format.length()) {
            return -1;
        }
        char c = format.charAt(at + 1);
        boolean digit = c >= '1' && c <= '9';
        if (digit) {
            return format.startsWith("f", at + 2) ? at + 3 : -1;
        }
        if (c == 'E') {
            boolean counted =
                    at + 3 < format.length()
                            && format.charAt(at + 2) >= '1'
                            && format.charAt(at + 2) <= '9'
                            && format.charAt(at + 3) == 'S';
            return counted ? at + 4 : -1;
        }
        return "YmdeHIMSyjaAbBpTFDRsfzZnt%".indexOf(c) < 0 ? -1 : at + 2;
    }

    String text(long micros) {
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        1_000 * Math.floorMod(micros, 1_000_000L));
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(32);
        int from = 0;
        for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
            out.append(format, from, at);
            from = end(format, at);
            if (from == at + 2) {
                append(format.charAt(at + 1), time, out);
            } else if (from == at + 3) {
                fraction(time, format.charAt(at + 1) - '0', out);
            } else {
                two(time.getSecond(), out);
                out.append('.');
                fraction(time, format.charAt(at + 2) - '0', out);
            }
        }
        return out.append(format, from, format.length()).toString();
    }

    private static void append(char conversion, ZonedDateTime time, StringBuilder out) {
        switch (conversion) {
            case 'T' -> all("H:M:S", time, out);
            case 'F' -> all("Y-m-d", time, out);
            case 'D' -> all("m/d/y", time, out);
            case 'R' -> all("H:M", time, out);
            case 'Y' -> out.append(time.getYear());
            case 'm' -> two(time.getMonthValue(), out);
            case 'd' -> two(time.getDayOfMonth(), out);
            case 'e' -> padded(time.getDayOfMonth(), 2, ' ', out);
            case 'H' -> two(time.getHour(), out);
            case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), out);
            case 'M' -> two(time.getMinute(), out);
            case 'S' -> two(time.getSecond(), out);
            case 'y' -> two(time.getYear() % 100, out);
            case 'j' -> padded(time.getDayOfYear(), 3, '0', out);
            case 'a' -> out.append(DAYS[time.getDayOfWeek().getValue() - 1], 0, 3);
            case 'A' -> out.append(DAYS[time.getDayOfWeek().getValue() - 1]);
            case 'b' -> out.append(MONTHS[time.getMonthValue() - 1], 0, 3);
            case 'B' -> out.append(MONTHS[time.getMonthValue() - 1]);
            case 'p' -> out.append(time.getHour() < 12 ? "AM" : "PM");
            case 's' -> out.append(time.toEpochSecond());
            case 'f' -> fraction(time, 9, out);
            case 'z' -> out.append("+0000");
            case 'Z' -> out.append("UTC");
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            default -> out.append(conversion);
        }
    }

    /** Each letter is a conversion, everything else stands for itself. */
    private static void all(String conversions, ZonedDateTime time, StringBuilder out) {
        for (int i = 0; i < conversions.length(); i++) {
            char c = conversions.charAt(i);
            if (Character.isLetter(c)) {
                append(c, time, out);
            } else {
                out.append(c);
            }
        }
    }

    private static void fraction(ZonedDateTime time, int digits, StringBuilder out) {
        String nanos = String.format(Locale.ROOT, "%09d", time.getNano());
        out.append(nanos, 0, digits);
    }

    private static void two(int number, StringBuilder out) {
        padded(number, 2, '0', out);
    }

    private static void padded(int number, int width, char with, StringBuilder out) {
        String text = Integer.toString(number);
        for (int i = text.length(); i < width; i++) {
            out.append(with);
        }
        out.append(text);
    }
}
