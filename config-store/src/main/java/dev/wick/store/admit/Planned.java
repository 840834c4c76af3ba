package dev.wick.store.admit;

import dev.wick.model.wire.Difference;
import dev.wick.model.wire.FieldChange;
import dev.wick.store.revision.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that a revision changes, as everybody may see it.
 *
 * @param before canonical; null: created
 * @param after canonical; null: deleted
 * @param sealed whether its content is not shown: before and after are without it, and may be equal
 */
public record Planned(Key key, byte @Nullable [] before, byte @Nullable [] after, boolean sealed) {

    /** From what is kept, or will be. */
    static Planned of(
            Vault vault,
            String gateway,
            Key key,
            byte @Nullable [] before,
            byte @Nullable [] after) {
        return new Planned(
                key,
                before == null ? null : vault.shown(gateway, key, before),
                after == null ? null : vault.shown(gateway, key, after),
                Vault.isSealed(gateway, key));
    }

    /** As plans spell it. */
    public String change() {
        if (before == null) {
            return "created";
        }
        return after == null ? "deleted" : "changed";
    }

    /** What differs, field by field. */
    public List<FieldChange> fields() {
        List<FieldChange> fields = Difference.of(before, after);
        return sealed && fields.isEmpty() && before != null && after != null
                ? List.of(new FieldChange("value", Vault.REDACTED, "(changed)"))
                : fields;
    }
}
