package dev.wick.gateway.draw;

import dev.wick.gateway.compile.Built;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.Part;
import dev.wick.model.Problem;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that is held: what the store last said, and the last of it that could be built.
 * Confined to the loop of its {@link Holdings}.
 *
 * @param <T> what it is built to
 */
abstract class HeldDocument<T> {

    private static final long NEVER = -1;

    private final DocumentKey key;
    private long asOf = NEVER;
    private byte @Nullable [] newest;
    private List<Problem> problems = List.of();
    private @Nullable T good;
    private byte @Nullable [] goodJson;
    private byte @Nullable [] keptJson;

    HeldDocument(DocumentKey key) {
        this.key = key;
    }

    abstract Built<T> build(Part part);

    DocumentKey key() {
        return key;
    }

    /** The revision as of which {@link #newest} is known to be the newest; -1 before the first. */
    long asOf() {
        return asOf;
    }

    /** What the store last said, or null where the document was deleted. */
    byte @Nullable [] newest() {
        return newest;
    }

    /** What is wrong with {@link #newest}. */
    List<Problem> problems() {
        return problems;
    }

    /** What the last one that could be built was built to, or null where none could. */
    @Nullable T good() {
        return good;
    }

    byte @Nullable [] goodJson() {
        return goodJson;
    }

    /**
     * Whether this text is to be put into the copy on disk: once, and not where it came from there
     * and the store has not said it again.
     */
    @SuppressWarnings("ReferenceEquality") // the very text, not an equal one
    boolean keep(byte[] json) {
        boolean keep = asOf > 0 && keptJson != json;
        if (keep) {
            keptJson = json;
        }
        return keep;
    }

    /** The copy is to be written anew: it must not grow old while its document is current. */
    void keepAgain() {
        keptJson = null;
    }

    /** Revisions of another epoch say nothing about the age of what is held. */
    void forgetAge() {
        asOf = 0;
    }

    /**
     * Takes what the store said as of a revision, unless something newer is known; builds it only
     * where it differs. A failed build leaves the last good one.
     *
     * @return whether {@link #good} is another one now
     */
    boolean learn(Part part, long revision) {
        if (revision < asOf) {
            return false;
        }
        asOf = revision;
        byte[] json = part.json();
        if (json == null) {
            newest = null;
            problems = List.of();
            return false;
        }
        if (newest != null && Arrays.equals(newest, json)) {
            return false;
        }
        newest = json;
        Built<T> built = build(part);
        problems = built.problems();
        T value = built.value();
        if (value == null) {
            return false;
        }
        good = value;
        goodJson = json;
        return true;
    }

    /** Takes what was good once, where nothing else is. */
    void learnOld(Part part) {
        byte[] json = part.json();
        if (good == null && json != null) {
            if (newest == null) {
                newest = json;
                asOf = 0;
            }
            T value = build(part).value();
            if (value != null) {
                good = value;
                goodJson = json;
            }
        }
    }
}
