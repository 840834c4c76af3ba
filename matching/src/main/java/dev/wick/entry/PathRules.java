package dev.wick.entry;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * What a path is read as, as Envoy does it: escaped slashes first, then the normal form of RFC
 * 3986, then adjacent slashes. Immutable.
 *
 * <p>A path in which there is nothing to do, which is nearly every one, costs one look at each of
 * its characters.
 */
public final class PathRules {

    /** What became of a path. */
    public enum Outcome {
        /** It goes on, as the head now has it. */
        TAKEN,
        /** 400. */
        REJECTED,
        /** 307 to the path that the head now has. */
        REDIRECTED
    }

    /** As Envoy advises for edges. */
    public static final PathRules EDGE =
            new PathRules(true, true, EscapedSlashes.UNESCAPE_AND_REDIRECT);

    private static final byte PLAIN = 0;
    private static final byte SLASH = 1;
    private static final byte QUERY = 2;
    private static final byte ODD = 3;

    private static final byte[] CLASSES = new byte[256];

    static {
        for (int c = 0; c < CLASSES.length; c++) {
            CLASSES[c] = CanonicalPath.isPlain(c) ? PLAIN : ODD;
        }
        CLASSES['/'] = SLASH;
        CLASSES['?'] = QUERY;
    }

    private final boolean normalize;
    private final boolean merge;
    private final EscapedSlashes slashes;
    private final boolean none;

    public PathRules(boolean normalize, boolean merge, EscapedSlashes slashes) {
        this.normalize = normalize;
        this.merge = merge;
        this.slashes = slashes;
        this.none = !normalize && !merge && slashes == EscapedSlashes.KEEP_UNCHANGED;
    }

    /** Reads the path of a head, and puts into the head what it is read as. */
    public Outcome apply(RequestHead head) {
        String path = head.path();
        return none || isPlain(path) ? Outcome.TAKEN : rewrite(head, path);
    }

    /** Nothing escaped, no adjacent slashes, no segment that begins with a dot. */
    private static boolean isPlain(String path) {
        boolean afterSlash = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            switch (CLASSES[c & 0xff]) {
                case PLAIN -> {
                    if (afterSlash && c == '.') {
                        return false;
                    }
                    afterSlash = false;
                }
                case SLASH -> {
                    if (afterSlash) {
                        return false;
                    }
                    afterSlash = true;
                }
                case QUERY -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    private Outcome rewrite(RequestHead head, String whole) {
        int question = whole.indexOf('?');
        String path = question < 0 ? whole : whole.substring(0, question);
        String query = question < 0 ? "" : whole.substring(question);
        String unescaped = slashes == EscapedSlashes.KEEP_UNCHANGED ? path : unescaped(path);
        boolean found = unescaped.length() < path.length();
        if (found && slashes == EscapedSlashes.REJECT_REQUEST) {
            return Outcome.REJECTED;
        }
        String read = normalize ? CanonicalPath.of(unescaped) : unescaped;
        if (read == null) {
            return Outcome.REJECTED;
        }
        head.path((merge ? merged(read) : read) + query);
        return found && slashes == EscapedSlashes.UNESCAPE_AND_REDIRECT
                ? Outcome.REDIRECTED
                : Outcome.TAKEN;
    }

    private static String unescaped(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder text = new StringBuilder(path.length());
        int i = 0;
        while (i < path.length()) {
            char slash = path.charAt(i) == '%' ? slash(path, i) : 0;
            text.append(slash == 0 ? path.charAt(i) : slash);
            i += slash == 0 ? 1 : 3;
        }
        return text.toString();
    }

    private static char slash(String path, int at) {
        if (path.startsWith("2F", at + 1) || path.startsWith("2f", at + 1)) {
            return '/';
        }
        return path.startsWith("5C", at + 1) || path.startsWith("5c", at + 1) ? '\\' : 0;
    }

    /** A path of slashes alone stays two: what stands before and behind nothing. */
    private static String merged(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '/' || text.isEmpty() || text.charAt(text.length() - 1) != '/') {
                text.append(c);
            }
        }
        return text.length() == 1 ? "//" : text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathRules rules
                && normalize == rules.normalize
                && merge == rules.merge
                && slashes == rules.slashes;
    }

    @Override
    public int hashCode() {
        return 4 * slashes.ordinal() + (normalize ? 2 : 0) + (merge ? 1 : 0);
    }

    /** In words, for an explanation; null where nothing is done. */
    public @Nullable String describe() {
        if (none) {
            return null;
        }
        return (normalize ? "normalized" : "as it is")
                + (merge ? ", adjacent slashes merged" : "")
                + ", escaped slashes "
                + slashes;
    }
}
