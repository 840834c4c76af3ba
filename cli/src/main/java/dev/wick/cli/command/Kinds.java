package dev.wick.cli.command;

import dev.wick.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds as a hurried person types them. */
final class Kinds {

    private Kinds() {}

    /** In the order in which they are shown. */
    static List<String> all() {
        return Arrays.stream(Kind.values()).map(Kind::spelling).toList();
    }

    /**
     * {@code virtualhosts} is {@code VirtualHost}. What this version does not know is left as it
     * is: a newer store may.
     */
    static String spelled(String typed) {
        String plain = typed.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        return all().stream()
                .filter(kind -> isMeant(kind.toLowerCase(Locale.ROOT), plain))
                .findFirst()
                .orElse(typed);
    }

    private static boolean isMeant(String kind, String typed) {
        return typed.equals(kind) || typed.equals(kind + "s") || typed.equals(kind + "es");
    }
}
