package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Problem;
import dev.wick.model.Secret;
import dev.wick.model.check.Change;
import dev.wick.model.check.Check;
import dev.wick.model.wire.Json;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle would change of its base, or what is wrong with it.
 *
 * @param changes to commit, without those that change nothing
 * @param shown the same for everybody's eyes, in the order of their keys
 * @param problems any: nothing is to be committed
 */
record Plan(
        List<dev.wick.store.revision.Change> changes, List<Planned> shown, List<Problem> problems) {

    private static final int MOST_PROBLEMS = 1_000;

    /**
     * Octets of a document, and of all listeners together: an instance takes 16 MiB at once, be it
     * the listener set or what a host is served by.
     */
    private static final int MOST_OCTETS = 8 * 1024 * 1024;

    static Plan of(Bundle bundle, Base base, Vault vault, boolean comparesSecrets) {
        return new Maker(base, vault, comparesSecrets).make(bundle);
    }

    private static Plan refused(List<Problem> problems) {
        return new Plan(List.of(), List.of(), problems.stream().limit(MOST_PROBLEMS).toList());
    }

    /** Makes one plan. Used by one thread. */
    private static final class Maker {

        private final Base base;
        private final Vault vault;
        private final boolean comparesSecrets;
        private final String gateway;
        private final List<dev.wick.store.revision.Change> changes = new ArrayList<>();
        private final List<Planned> shown = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        Maker(Base base, Vault vault, boolean comparesSecrets) {
            this.base = base;
            this.comparesSecrets = comparesSecrets;
            this.vault = vault;
            this.gateway = base.pin().gateway();
        }

        Plan make(Bundle bundle) {
            List<Change> wanted = new ArrayList<>(bundle.changes());
            if (bundle.prune()) {
                wanted.addAll(pruned(wanted));
            }
            base.read(
                    wanted.stream().map(change -> Base.key(change.kind(), change.name())).toList());
            problems.addAll(bundle.problems());
            List<Change> resolved = wanted.stream().map(this::withSecret).toList();
            problems.addAll(Check.bundle(resolved, base));
            if (!problems.isEmpty()) {
                return refused(problems);
            }
            resolved.forEach(this::plan);
            checkListeners();
            if (!problems.isEmpty()) {
                return refused(problems);
            }
            shown.sort(
                    Comparator.comparing((Planned change) -> change.key().kind())
                            .thenComparing(change -> change.key().name()));
            return new Plan(changes, shown, List.of());
        }

        /** The documents that the bundle does not name. */
        private List<Change> pruned(List<Change> wanted) {
            Set<Key> named = new HashSet<>();
            wanted.forEach(change -> named.add(Base.key(change.kind(), change.name())));
            List<Change> deleted = new ArrayList<>();
            for (Key key : base.keys()) {
                Kind kind = Kind.spelled(key.kind());
                if (kind != null && !named.contains(key)) {
                    deleted.add(new Change.Delete(kind, key.name()));
                }
            }
            return deleted;
        }

        /** A secret that was read redacted and is written back so stays what it is. */
        private Change withSecret(Change change) {
            if (!(change instanceof Change.Put put)
                    || !(put.document() instanceof Secret secret)
                    || !secret.value().equals(Vault.REDACTED)) {
                return change;
            }
            Document before = base.document(secret.kind(), secret.name());
            if (before == null) {
                problems.add(
                        new Problem(
                                secret.kind() + "/" + secret.name(),
                                "value",
                                Problem.shown(secret.value()),
                                "the secret itself: there is none yet that could be kept"));
                return change;
            }
            return new Change.Put(before);
        }

        private void plan(Change change) {
            Key key = Base.key(change.kind(), change.name());
            byte[] before = base.kept(key);
            byte[] after = change instanceof Change.Put put ? Json.write(put.document()) : null;
            if (isSame(key, before, after)) {
                return;
            }
            if (after != null && after.length > MOST_OCTETS) {
                problems.add(tooLarge(key, after.length, "the document"));
                return;
            }
            changes.add(
                    new dev.wick.store.revision.Change(
                            key, after == null ? null : vault.kept(gateway, key, after)));
            shown.add(Planned.of(vault, gateway, key, before, after));
        }

        private static Problem tooLarge(Key key, long octets, String what) {
            return new Problem(
                    key.toString(),
                    "",
                    octets + " bytes as JSON",
                    what + " at most " + MOST_OCTETS);
        }

        private void checkListeners() {
            Map<Key, Integer> octets = new HashMap<>();
            Key changed = null;
            for (dev.wick.store.revision.Change change : changes) {
                if (change.key().kind().equals(Kind.LISTENER.spelling())) {
                    byte[] after = change.after();
                    octets.put(change.key(), after == null ? 0 : after.length);
                    changed = after == null ? changed : change.key();
                }
            }
            if (changed == null) {
                return;
            }
            for (Stored stored : base.storedListeners()) {
                octets.putIfAbsent(stored.key(), stored.document().length);
            }
            long all = octets.values().stream().mapToLong(Integer::longValue).sum();
            if (all > MOST_OCTETS) {
                problems.add(tooLarge(changed, all, "all listeners together"));
            }
        }

        private boolean isSame(Key key, byte @Nullable [] before, byte @Nullable [] after) {
            if (before == null || after == null) {
                return before == after;
            }
            return (comparesSecrets || !Vault.isSealed(gateway, key))
                    && Arrays.equals(vault.plain(gateway, key, before), after);
        }
    }
}
