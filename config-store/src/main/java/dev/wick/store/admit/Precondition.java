package dev.wick.store.admit;

import dev.wick.store.keep.Pin;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Revision;
import java.util.List;

/** What must hold of the base for a change to be made. */
public sealed interface Precondition {

    /** Whether it holds at the pin. */
    boolean holds(String epoch, Pin pin);

    /** What stands there instead, for a message. */
    String found(String epoch, Pin pin);

    /** What was asked for, for a message. */
    String expected();

    /** Nothing. */
    record None() implements Precondition {

        @Override
        public boolean holds(String epoch, Pin pin) {
            return true;
        }

        @Override
        public String found(String epoch, Pin pin) {
            return "";
        }

        @Override
        public String expected() {
            return "";
        }
    }

    /** The gateway is at one of these revisions. */
    record GatewayAt(List<Revision> revisions) implements Precondition {

        @Override
        public boolean holds(String epoch, Pin pin) {
            return revisions.contains(new Revision(epoch, pin.revision()));
        }

        @Override
        public String found(String epoch, Pin pin) {
            return "the gateway is at " + new Revision(epoch, pin.revision()).etag();
        }

        @Override
        public String expected() {
            return etags(revisions);
        }
    }

    /** The document was last changed by one of these revisions. */
    record DocumentAt(Key key, List<Revision> revisions) implements Precondition {

        @Override
        public boolean holds(String epoch, Pin pin) {
            long changed = pin.changed(key);
            return changed > 0 && revisions.contains(new Revision(epoch, changed));
        }

        @Override
        public String found(String epoch, Pin pin) {
            return Precondition.found(key, epoch, pin);
        }

        @Override
        public String expected() {
            return etags(revisions);
        }
    }

    /** The document is there, or is not. */
    record Exists(Key key, boolean there) implements Precondition {

        @Override
        public boolean holds(String epoch, Pin pin) {
            return pin.exists(key) == there;
        }

        @Override
        public String found(String epoch, Pin pin) {
            return Precondition.found(key, epoch, pin);
        }

        @Override
        public String expected() {
            return there ? "any revision of it" : "no such document";
        }
    }

    private static String found(Key key, String epoch, Pin pin) {
        long changed = pin.changed(key);
        return changed == 0
                ? key + " does not exist"
                : key + " is at " + new Revision(epoch, changed).etag();
    }

    private static String etags(List<Revision> revisions) {
        return revisions.isEmpty()
                ? "an ETag that is weak, or not of this store"
                : String.join(" or ", revisions.stream().map(Revision::etag).toList());
    }
}
