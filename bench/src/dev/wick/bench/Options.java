package dev.wick.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code --name value} pairs; what is not known is refused. */
final class Options {

    private final Map<String, String> values = new TreeMap<>();

    /** {@code defaults}: every option there is, with its default, as {@code --name}, {@code value}, ... */
    Options(String[] arguments, String... defaults) {
        for (int i = 0; i < defaults.length; i += 2) {
            values.put(defaults[i], defaults[i + 1]);
        }
        for (int i = 0; i < arguments.length; i += 2) {
            if (!values.containsKey(arguments[i]) || i + 1 == arguments.length) {
                throw new Refusal(arguments[i] + ": unknown, or without a value (expected: " + values.keySet() + ")");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
    }

    String text(String name) {
        return values.get(name);
    }

    int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            throw new Refusal(name + ": " + text(name) + " (expected: a number)");
        }
    }

    List<String> list(String name) {
        return Arrays.stream(text(name).split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    }
}
