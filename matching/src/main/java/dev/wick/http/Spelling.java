package dev.wick.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the sender of one message spelt the names of its fields, for where it goes on in HTTP/1.
 * Confined to the event loop of its exchange.
 */
public final class Spelling {

    private final Map<String, String> names = new HashMap<>();
    private final boolean proper;
    private String reason = "";

    /**
     * @param proper whether words begin with capitals in names that it does not know
     */
    public Spelling(boolean proper) {
        this.proper = proper;
    }

    /**
     * A field has come.
     *
     * @param sent its name, as it came; where a name comes again, the first counts
     */
    public void learn(String sent) {
        names.putIfAbsent(sent.toLowerCase(Locale.ROOT), sent);
    }

    /** The name as it came; null where it did not come. */
    public @Nullable String sent(String name) {
        return names.get(name);
    }

    /** Whether words begin with capitals in names that did not come. */
    public boolean proper() {
        return proper;
    }

    /** The reason phrase of an answer; empty where none was kept. */
    public String reason() {
        return reason;
    }

    public void reason(String came) {
        reason = came;
    }
}
