package dev.wick.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a subset of a cluster's hosts is found by: names and values of metadata, written so that
 * equal ones have equal texts. Values are JSON, so that neither they nor names can hold a line feed
 * that would be taken for an end.
 */
public final class SubsetKey {

    /** The subsets of a selector that one host may be in; admission has the same number. */
    private static final int MOST = 1_024;

    private SubsetKey() {}

    /** Of all that a request asks for. */
    public static String of(Map<String, String> wanted) {
        StringBuilder key = new StringBuilder();
        new TreeMap<>(wanted).forEach((name, value) -> append(key, name, value));
        return key.toString();
    }

    /**
     * Of a host, by a selector's keys: empty where the host lacks one, and several only where lists
     * stand for any of their values. Empty, too, where those would be more than 1,024: a cluster's
     * own hosts are refused before, but those of an {@code Endpoints} are admitted without a look
     * at the selectors that they meet.
     *
     * @param names sorted
     */
    public static List<String> of(
            List<String> names, Map<String, String> metadata, boolean listAsAny) {
        List<String> keys = List.of("");
        for (String name : names) {
            String value = metadata.get(name);
            if (value == null) {
                return List.of();
            }
            List<String> any = values(value, listAsAny);
            if ((long) keys.size() * any.size() > MOST) {
                return List.of();
            }
            List<String> longer = new ArrayList<>(keys.size() * any.size());
            for (String key : keys) {
                for (String one : any) {
                    longer.add(key + name + '\n' + one + '\n');
                }
            }
            keys = longer;
        }
        return keys;
    }

    /** Whether a host has all of these. */
    public static boolean has(
            Map<String, String> metadata, Map<String, String> wanted, boolean listAsAny) {
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            String value = metadata.get(entry.getKey());
            if (value == null
                    || !(value.equals(entry.getValue())
                            || values(value, listAsAny).contains(entry.getValue()))) {
                return false;
            }
        }
        return true;
    }

    private static void append(StringBuilder key, String name, String value) {
        key.append(name).append('\n').append(value).append('\n');
    }

    /** The names in a key, in its order. */
    public static List<String> names(String key) {
        String[] parts = key.split("\n");
        List<String> names = new ArrayList<>(parts.length / 2);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            names.add(parts[i]);
        }
        return names;
    }

    /** Those parts of a key that have one of the names. */
    public static String only(String key, List<String> names) {
        String[] parts = key.split("\n");
        StringBuilder fewer = new StringBuilder();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            if (names.contains(parts[i])) {
                append(fewer, parts[i], parts[i + 1]);
            }
        }
        return fewer.toString();
    }

    /** Each value of a list of JSON, which has no spaces between them; else the value itself. */
    private static List<String> values(String json, boolean listAsAny) {
        if (!listAsAny || json.charAt(0) != '[') {
            return List.of(json);
        }
        List<String> values = new ArrayList<>();
        int start = 1;
        boolean quoted = false;
        for (int i = 1; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ']')) {
                String value = json.substring(start, i);
                if (!value.isEmpty() && !values.contains(value)) {
                    values.add(value);
                }
                start = i + 1;
            }
        }
        return values;
    }
}
