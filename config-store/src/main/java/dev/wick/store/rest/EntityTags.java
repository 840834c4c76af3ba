package dev.wick.store.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists of entity tags, as in {@code If-Match: "a.1", W/"a.2"} (RFC 9110, 13.1). */
final class EntityTags {

    /** One of a list, up to the next one; our own may come without quotes. */
    private static final Pattern ONE =
            Pattern.compile("\\s*((?:W/)?\"[^\"]*\"|[^\",\\s]+)\\s*(?:,(?!\\s*$)|$)");

    private static final String WEAK = "W/";

    private EntityTags() {}

    /** Null where the header is no such list. */
    static @Nullable List<String> read(String header) {
        List<String> tags = new ArrayList<>();
        Matcher matcher = ONE.matcher(header);
        int read = 0;
        while (matcher.find() && matcher.start() == read) {
            tags.add(matcher.group(1));
            read = matcher.end();
        }
        return read == 0 || read < header.length() ? null : tags;
    }

    /** Whether {@code If-None-Match} is {@code *}, or has the tag of what is there. */
    static boolean contain(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.equals(etag) || ifNoneMatch.strip().equals("*")) {
            return true;
        }
        List<String> tags = read(ifNoneMatch);
        return tags != null
                && tags.stream()
                        .map(tag -> tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
                        .anyMatch(etag::equals);
    }
}
