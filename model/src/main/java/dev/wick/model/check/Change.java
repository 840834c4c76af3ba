package dev.wick.model.check;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import org.jspecify.annotations.Nullable;

/** What a bundle does to one document. */
public sealed interface Change {

    Kind kind();

    String name();

    /** It will be this one, new or changed. */
    record Put(Document document) implements Change {

        @Override
        public Kind kind() {
            return document.kind();
        }

        @Override
        public String name() {
            return document.name();
        }
    }

    record Delete(Kind kind, String name) implements Change {}

    /**
     * It will be there, but its text has problems of its own: others may refer to it. What it
     * refers to and claims is checked as far as it could be read.
     *
     * @param document null where it could not be read
     */
    record Unsound(Kind kind, String name, @Nullable Document document) implements Change {

        public Unsound(Kind kind, String name) {
            this(kind, name, null);
        }
    }
}
