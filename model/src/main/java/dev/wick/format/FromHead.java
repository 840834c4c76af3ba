package dev.wick.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value of a message's head. */
final class FromHead extends Segment {

    /** Which head, and what of it. */
    enum Source {
        REQ,
        REQ_WITHOUT_QUERY,
        RESP,
        TRAILER
    }

    private final Source source;
    private final String name;
    private final @Nullable String fallback;

    /**
     * @param name in lower case
     * @param fallback asked where the first is absent; null for none
     */
    FromHead(Source source, String name, @Nullable String fallback) {
        this.source = source;
        this.name = name.toLowerCase(Locale.ROOT);
        this.fallback = fallback == null ? null : fallback.toLowerCase(Locale.ROOT);
    }

    @Override
    @Nullable String value(Facts facts) {
        String value = of(facts, name);
        if (value == null && fallback != null) {
            value = of(facts, fallback);
        }
        if (value != null && source == Source.REQ_WITHOUT_QUERY) {
            int query = value.indexOf('?');
            return query < 0 ? value : value.substring(0, query);
        }
        return value;
    }

    private @Nullable String of(Facts facts, String header) {
        return switch (source) {
            case REQ, REQ_WITHOUT_QUERY -> facts.requestHeader(header);
            case RESP -> facts.responseHeader(header);
            case TRAILER -> facts.responseTrailer(header);
        };
    }

    /** Envoy's {@code PATH(X:Y)}: the path with or without its query, rewritten or not. */
    static final class Path extends Segment {
        private final boolean query;
        private final boolean original;
        private final boolean current;

        /**
         * @param original whether {@code x-envoy-original-path} is asked first
         * @param current whether the path as it is now is asked (then)
         */
        Path(boolean query, boolean original, boolean current) {
            this.query = query;
            this.original = original;
            this.current = current;
        }

        @Override
        @Nullable String value(Facts facts) {
            String path = original ? facts.requestHeader("x-envoy-original-path") : null;
            if (path == null && current) {
                path = facts.requestHeader(":path");
            }
            if (path == null || query) {
                return path;
            }
            int end = path.indexOf('?');
            return end < 0 ? path : path.substring(0, end);
        }
    }

    /** The first parameter of a name, percent-decoded. */
    static final class QueryParameter extends Segment {
        private final String name;

        QueryParameter(String name) {
            this.name = name;
        }

        @Override
        @Nullable String value(Facts facts) {
            String path = facts.requestHeader(":path");
            int at = path == null ? -1 : path.indexOf('?');
            while (path != null && at >= 0) {
                int next = path.indexOf('&', at + 1);
                int end = next < 0 ? path.length() : next;
                if (path.startsWith(name, at + 1)) {
                    int behind = at + 1 + name.length();
                    if (behind < end && path.charAt(behind) == '=') {
                        return decoded(path.substring(behind + 1, end));
                    }
                    if (behind == end) {
                        return "";
                    }
                }
                at = next;
            }
            return null;
        }

        private static String decoded(String text) {
            if (text.indexOf('%') < 0) {
                return text;
            }
            StringBuilder out = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                boolean escape = text.charAt(i) == '%' && i + 2 < text.length();
                int high = escape ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = escape ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high >= 0 && low >= 0) {
                    out.append((char) (16 * high + low));
                    i += 2;
                } else {
                    out.append(text.charAt(i));
                }
            }
            return out.toString();
        }
    }
}
