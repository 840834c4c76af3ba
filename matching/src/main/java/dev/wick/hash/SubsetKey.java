package dev.wick.hash;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a subset of a cluster's hosts is found by: names and values of metadata, written so that
 * equal ones have equal texts. Values are JSON, so that neither they nor names can hold a line feed
 * that would be taken for an end.
 */
public final class SubsetKey {

    private SubsetKey() {}

    /** Of all that a request asks for. */
    public static String of(Map<String, String> wanted) {
        StringBuilder key = new StringBuilder();
        new TreeMap<>(wanted).forEach((name, value) -> append(key, name, value));
        return key.toString();
    }

    /**
     * Of a host, by a selector's keys, or null where the host lacks one.
     *
     * @param names sorted
     */
    public static @Nullable String of(List<String> names, Map<String, String> metadata) {
        StringBuilder key = new StringBuilder();
        for (String name : names) {
            String value = metadata.get(name);
            if (value == null) {
                return null;
            }
            append(key, name, value);
        }
        return key.toString();
    }

    private static void append(StringBuilder key, String name, String value) {
        key.append(name).append('\n').append(value).append('\n');
    }

    /** The names in a key, each followed by a line feed. */
    public static String names(String key) {
        String[] parts = key.split("\n");
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < parts.length; i += 2) {
            names.append(parts[i]).append('\n');
        }
        return names.toString();
    }
}
