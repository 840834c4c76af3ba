package dev.wick.gateway.feed;

import dev.wick.model.Document;
import dev.wick.model.Problem;
import dev.wick.model.wire.Json;
import dev.wick.model.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * One document as the store sent it. Equal documents have equal bytes, so the bytes say whether
 * anything changed, and nothing is parsed where nothing did.
 */
public final class Part {

    private final DocumentKey key;
    private final byte @Nullable [] json;

    /**
     * @param json canonical, not to be changed; null: the document was deleted
     */
    public Part(DocumentKey key, byte @Nullable [] json) {
        this.key = key;
        this.json = json;
    }

    public DocumentKey key() {
        return key;
    }

    /** Null where the document was deleted. */
    public byte @Nullable [] json() {
        return json;
    }

    /** Parses it. Must not be deleted. */
    public Reading read() {
        byte[] text = json;
        if (text == null) {
            throw new IllegalStateException(key + ": deleted");
        }
        try {
            return new Reading(Json.read(text), null);
        } catch (WireException e) {
            Problem problem = e.problem();
            return new Reading(
                    null,
                    new Problem(
                            key.toString(), problem.field(), problem.value(), problem.expected()));
        }
    }

    /**
     * The document, or, where it is none that this instance knows, as with a field newer than it,
     * the problem.
     */
    public record Reading(@Nullable Document document, @Nullable Problem problem) {}
}
