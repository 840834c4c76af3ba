package dev.wick.e2e.twin;

import dev.wick.e2e.twin.Step.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the format that {@link Group} describes. */
final class GroupReader {

    private static final Set<String> SECTIONS =
            Set.of(
                    "envoy routes",
                    "wick routes",
                    "envoy host",
                    "wick host",
                    "envoy hosts",
                    "envoy clusters",
                    "wick documents",
                    "envoy http",
                    "envoy route_config",
                    "wick listener");
    private static final Pattern REPEATED = Pattern.compile("\\$\\{(.+?)\\*(\\d+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|[rnt\\\\])");

    private final String name;
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final List<Case> cases = new ArrayList<>();

    private GroupReader(String name) {
        this.name = name;
    }

    static Group read(String name, String text) {
        return new GroupReader(name).read(text);
    }

    private Group read(String text) {
        for (String part : text.split("(?m)^== ")) {
            if (part.isBlank() || part.startsWith("#")) {
                continue;
            }
            int end = part.indexOf('\n');
            String title = part.substring(0, end).strip();
            String rest = part.substring(end + 1);
            if (title.startsWith("case ")) {
                cases.add(new CaseReader(title.substring(5)).read(rest));
            } else if (SECTIONS.contains(title)) {
                sections.put(title, rest.stripTrailing() + "\n");
            } else {
                throw new IllegalArgumentException(
                        name + ": " + title + " (expected: case ..., or one of " + SECTIONS + ")");
            }
        }
        return new Group(name, sections, cases);
    }

    private final class CaseReader {

        private final String title;
        private String differs = "";
        private final List<Step> client = new ArrayList<>();
        private final List<List<Step>> answers = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private char kind = ' ';

        CaseReader(String title) {
            this.title = title;
        }

        Case read(String text) {
            for (String line : text.lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    line(line);
                }
            }
            endMessage();
            if (client.stream().noneMatch(s -> s.kind() == Kind.READ || s.kind() == Kind.REST)) {
                readAfterEach();
            }
            return new Case(title, differs, client, answers);
        }

        private void line(String line) {
            boolean message = line.matches("[>!<]( .*)?");
            if (message && line.charAt(0) == kind) {
                lines.add(content(line));
                return;
            }
            endMessage();
            if (message) {
                kind = line.charAt(0);
                lines.add(content(line));
            } else if (line.startsWith("differs:")) {
                differs = line.substring(8).strip();
            } else if (line.equals("then")) {
                // What follows is a message of its own.
            } else if (line.equals("<<")) {
                if (answers.isEmpty()) {
                    answers.add(new ArrayList<>());
                }
                answers.add(new ArrayList<>());
            } else if (line.startsWith("<")) {
                answer().add(step(line.substring(1)));
            } else {
                client.add(step(line));
            }
        }

        private List<Step> answer() {
            if (answers.isEmpty()) {
                answers.add(new ArrayList<>());
            }
            return answers.getLast();
        }

        private Step step(String line) {
            String[] words = line.strip().split(" ", 2);
            return new Step(
                    Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    words.length > 1 ? words[1] : "");
        }

        private String content(String line) {
            return line.length() > 2 ? line.substring(2) : "";
        }

        private void endMessage() {
            if (kind == '<') {
                answer().add(new Step(Kind.SEND, joined(lines)));
            } else if (kind == '!') {
                client.add(new Step(Kind.SEND, joined(lines)));
            } else if (kind == '>') {
                client.add(new Step(Kind.SEND, joined(helped(lines))));
            }
            lines.clear();
            kind = ' ';
        }

        private void readAfterEach() {
            List<Step> all = new ArrayList<>();
            for (Step step : client) {
                all.add(step);
                if (step.kind() == Kind.SEND) {
                    all.add(new Step(Kind.READ, ""));
                }
            }
            client.clear();
            client.addAll(all);
        }
    }

    private List<String> helped(List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        int empty = all.indexOf("");
        List<String> head = empty < 0 ? all : all.subList(0, empty);
        boolean host =
                head.stream()
                        .anyMatch(
                                line ->
                                        line.toLowerCase(Locale.ROOT).startsWith("host:")
                                                || line.startsWith(":authority:"));
        if (empty < 0) {
            all.add("");
            all.add("");
        }
        if (!host) {
            String name = all.getFirst().endsWith(" HTTP/2") ? ":authority: " : "host: ";
            all.add(1, name + this.name + ".test");
        }
        return all;
    }

    private static String joined(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean glued = line.endsWith("\\") && !line.endsWith("\\\\");
            text.append(octets(glued ? line.substring(0, line.length() - 1) : line));
            if (!glued && i < lines.size() - 1) {
                text.append("\r\n");
            }
        }
        return text.toString();
    }

    private static String octets(String line) {
        String repeated =
                REPEATED.matcher(line)
                        .replaceAll(
                                m ->
                                        Matcher.quoteReplacement(
                                                m.group(1).repeat(Integer.parseInt(m.group(2)))));
        return ESCAPE.matcher(repeated)
                .replaceAll(m -> Matcher.quoteReplacement(octet(m.group(1))));
    }

    private static String octet(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            default -> "\\";
        };
    }
}
