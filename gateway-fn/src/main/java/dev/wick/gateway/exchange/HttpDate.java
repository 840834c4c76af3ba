package dev.wick.gateway.exchange;

import java.time.LocalDate;

/** The value of {@code date}, made once a second. Confined to one loop. */
final class HttpDate {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int SECONDS_A_DAY = 86_400;

    private long second = -1;
    private String text = "";

    String now() {
        return at(System.currentTimeMillis() / 1000);
    }

    /**
     * As {@code Fri, 20 Nov 2026 17:30:10 GMT}; by hand, for a formatter would load its locale's
     * data before the first byte.
     */
    String at(long epochSecond) {
        if (epochSecond != second) {
            second = epochSecond;
            LocalDate date = LocalDate.ofEpochDay(epochSecond / SECONDS_A_DAY);
            int time = (int) (epochSecond % SECONDS_A_DAY);
            StringBuilder out = new StringBuilder(32);
            out.append(DAYS[date.getDayOfWeek().getValue() - 1]).append(", ");
            two(out, date.getDayOfMonth()).append(' ');
            out.append(MONTHS[date.getMonthValue() - 1]).append(' ');
            out.append(date.getYear()).append(' ');
            two(out, time / 3600).append(':');
            two(out, time / 60 % 60).append(':');
            two(out, time % 60).append(" GMT");
            text = out.toString();
        }
        return text;
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
