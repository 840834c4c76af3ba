package dev.wick.store.admit;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.RecordedChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What past revisions changed, as everybody may see it. Any thread; reads the disk. */
public final class History {

    private final Keep keep;
    private final Vault vault;

    public History(Keep keep, Vault vault) {
        this.keep = keep;
        this.vault = vault;
    }

    /** In the order of the keys; null where the revision is not kept. */
    public @Nullable List<Planned> changes(String gateway, long revision) {
        List<RecordedChange> changes = keep.changes(gateway, revision);
        if (changes == null) {
            return null;
        }
        List<Planned> shown = new ArrayList<>(changes.size());
        for (RecordedChange change : changes) {
            shown.add(Planned.of(vault, gateway, change.key(), change.before(), change.after()));
        }
        return shown;
    }
}
