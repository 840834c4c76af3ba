package dev.wick.cli.command;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Answer;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.StoreClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code wick explain METHOD URL}: which rule a request would meet, how it came to that, and what
 * is done with the request then.
 */
public final class Explain {

    private static final Set<String> UNSHOWN =
            Set.of("steps", "epoch", "headerChanges", "settings");

    private Explain() {}

    public static int run(List<String> arguments) {
        Set<String> valued = new HashSet<>(StoreClient.OPTIONS);
        valued.addAll(Set.of("-H", "-o", "--source"));
        Arguments given = Arguments.parse(arguments, valued, Set.of());
        if (given.words().size() != 2) {
            throw new UsageException(
                    "usage: wick explain METHOD URL [-H 'name: value'] [--source ADDRESS] [-o json]");
        }
        List<String> formats = given.all("-o");
        for (String format : formats) {
            if (!format.equals("json")) {
                throw new UsageException("-o: " + format + " (expected: json, or none for text)");
            }
        }
        StoreClient store = StoreClient.of(given);
        byte[] question = question(given).compact().getBytes(StandardCharsets.UTF_8);
        Answer answer =
                store.ask("POST", "/explain", question, Map.of("Content-Type", "application/json"));
        if (!answer.isGood()) {
            return Terminal.refused(answer, store);
        }
        if (!formats.isEmpty()) {
            Terminal.print(answer.body().indented());
        } else {
            print(answer.body());
        }
        return 0;
    }

    private static Json question(Arguments given) {
        String url = given.words().get(1);
        Map<String, Json> question = new LinkedHashMap<>();
        question.put("method", new Json(given.words().get(0).toUpperCase(Locale.ROOT)));
        question.put("url", new Json(url.contains("://") ? url : "http://" + url));
        List<Json> headers = new ArrayList<>();
        for (String header : given.all("-H")) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new UsageException("-H: " + header + " (expected: 'name: value')");
            }
            Map<String, Json> field = new LinkedHashMap<>();
            field.put("name", new Json(header.substring(0, colon).strip()));
            field.put("value", new Json(header.substring(colon + 1).strip()));
            headers.add(new Json(field));
        }
        question.put("headers", new Json(headers));
        for (String source : given.all("--source")) {
            question.put("source", new Json(source));
        }
        return new Json(question);
    }

    /** The steps as the store tells them, what came of them, whatever it names, and settings. */
    private static void print(Json answer) {
        answer.at("steps").items().forEach(step -> Terminal.print("  " + step.text()));
        for (Map.Entry<String, Json> field : answer.fields().entrySet()) {
            String shown = shown(field.getValue());
            if (!UNSHOWN.contains(field.getKey()) && !shown.isEmpty()) {
                Terminal.print(field.getKey() + ": " + shown);
            }
        }
        SettingLines.of(answer).forEach(Terminal::print);
    }

    private static String shown(Json value) {
        if (value.value() instanceof List) {
            return value.items().stream().map(Explain::shown).collect(Collectors.joining(", "));
        }
        return value.fields().isEmpty()
                ? value.text()
                : value.fields().entrySet().stream()
                        .filter(field -> field.getValue().exists())
                        .map(field -> field.getKey() + " " + shown(field.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
