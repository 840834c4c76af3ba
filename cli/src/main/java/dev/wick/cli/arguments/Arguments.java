package dev.wick.cli.arguments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command's arguments, parted into options and words. {@code --option VALUE} and {@code
 * --option=VALUE} mean the same; options and words may stand in any order, and {@code --} ends the
 * options. An option that may be repeated keeps all its values, any other its last.
 */
public final class Arguments {

    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    private Arguments() {}

    /**
     * @param valued options that take a value, with their dashes
     * @param flags options that take none
     * @throws UsageException an unknown option, a missing value
     */
    public static Arguments parse(List<String> given, Set<String> valued, Set<String> flags) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < given.size(); i++) {
            String argument = given.get(i);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (argument.equals("--")) {
                arguments.words.addAll(given.subList(i + 1, given.size()));
                break;
            } else if (!argument.startsWith("-") || argument.equals("-")) {
                arguments.words.add(argument);
            } else if (flags.contains(argument)) {
                arguments.add(argument, "");
            } else if (!valued.contains(option)) {
                throw new UsageException(option + ": no such option (wick help lists them)");
            } else if (equals >= 0) {
                arguments.add(option, argument.substring(equals + 1));
            } else if (++i < given.size()) {
                arguments.add(option, given.get(i));
            } else {
                throw new UsageException(option + ": missing (expected: a value behind it)");
            }
        }
        return arguments;
    }

    private void add(String option, String value) {
        options.computeIfAbsent(option, name -> new ArrayList<>()).add(value);
    }

    /** What stands there beside the options, in order. */
    public List<String> words() {
        return words;
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** In the order in which they were given; empty if there is none. */
    public List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The option, else the environment variable, else the default. */
    public String setting(String option, String variable, String otherwise) {
        String value = last(option);
        if (value == null) {
            value = System.getenv(variable);
        }
        return value == null || value.isBlank() ? otherwise : value;
    }

    private @Nullable String last(String option) {
        List<String> values = all(option);
        return values.isEmpty() ? null : values.getLast();
    }

    /** The data folder: {@code --data}, {@code WICK_DATA}, default {@code ~/.wick}. */
    public Path data() {
        String home = System.getProperty("user.home", "");
        String given = setting("--data", "WICK_DATA", home.isBlank() ? "" : home + "/.wick");
        if (given.isEmpty()) {
            throw new UsageException(
                    "no home folder: HOME is not set (expected: --data DIR, or WICK_DATA)");
        }
        return Path.of(given).toAbsolutePath().normalize();
    }
}
