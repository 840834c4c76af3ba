package dev.wick.cli.command;

import dev.wick.cli.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an explanation says of headers and settings, for people: whose they are, what documents say
 * in a line each, and defaults in as few lines as hold them.
 */
final class SettingLines {

    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    private static final String DEFAULT = "default";

    private SettingLines() {}

    static List<String> of(Json answer) {
        List<String> lines = new ArrayList<>();
        headers(answer, lines);
        Map<String, List<Json>> groups = new LinkedHashMap<>();
        for (Json one : answer.at("settings").items()) {
            groups.computeIfAbsent(one.at("of").text(), of -> new ArrayList<>()).add(one);
        }
        groups.forEach((of, settings) -> group(of, settings, lines));
        return lines;
    }

    private static void headers(Json answer, List<String> lines) {
        String message = "";
        List<String[]> rows = new ArrayList<>();
        for (Json one : answer.at("headerChanges").items()) {
            if (!one.at("message").text().equals(message)) {
                align(rows, lines);
                message = one.at("message").text();
                lines.add(message + " headers, in this order");
            }
            String value = one.at("value").exists() ? ": " + one.at("value").text() : "";
            rows.add(
                    new String[] {
                        one.at("action").text(), one.at("name").text() + value, from(one)
                    });
        }
        align(rows, lines);
    }

    private static void group(String of, List<Json> settings, List<String> lines) {
        lines.add(of);
        List<String[]> rows = new ArrayList<>();
        Map<String, List<String>> defaults = new LinkedHashMap<>();
        for (Json one : settings) {
            String name = one.at("name").text();
            String value = one.at("value").text();
            String from = from(one);
            if (from.equals(DEFAULT)) {
                int dot = name.lastIndexOf('.') + 1;
                defaults.computeIfAbsent(name.substring(0, dot), outer -> new ArrayList<>())
                        .add(name.substring(dot) + " " + value);
            } else {
                rows.add(new String[] {name, value, from.equals(of) ? "" : "from " + from});
            }
        }
        align(rows, lines);
        if (!defaults.isEmpty()) {
            lines.add(INDENT + "by default");
        }
        defaults.forEach(
                (outer, fields) ->
                        wrap(outer.isEmpty() ? "" : outer.replaceAll("\\.$", ": "), fields, lines));
    }

    private static String from(Json one) {
        return one.at("from").text();
    }

    /** In columns; empties {@code rows}. */
    private static void align(List<String[]> rows, List<String> lines) {
        int[] widths = new int[3];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                row[i] = row[i].replace("\n", "\\n").replace("\r", "\\r");
                widths[i] = Math.max(widths[i], Math.min(WIDTH / 2, row[i].length()));
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(INDENT).append(row[i]);
                line.append(" ".repeat(Math.max(0, widths[i] - row[i].length())));
            }
            lines.add(line.toString().stripTrailing());
        }
        rows.clear();
    }

    private static void wrap(String begin, List<String> words, List<String> lines) {
        StringBuilder line = new StringBuilder(INDENT).append(INDENT).append(begin);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i) + (i + 1 < words.size() ? "," : "");
            if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT.repeat(3));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }
}
