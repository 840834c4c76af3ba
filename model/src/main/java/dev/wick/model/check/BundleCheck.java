package dev.wick.model.check;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.Problem;
import dev.wick.model.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules across documents, run once over one bundle. Used by one thread. */
final class BundleCheck {

    private static final int MOST_PROBLEMS = 1_000;

    private record Key(Kind kind, String name) {

        @Override
        public String toString() {
            return kind + "/" + name;
        }
    }

    /** A host of the bundle that holds a domain on a listener. */
    private record Holder(String listener, String chain, String host) {

        /** Whether what is claimed is the same, in part at least. */
        boolean meets(Claim claim) {
            boolean listeners =
                    listener.equals(claim.listener())
                            || listener.equals(Surroundings.EVERY_LISTENER)
                            || claim.listener().equals(Surroundings.EVERY_LISTENER);
            return listeners
                    && (chain.equals(claim.chain())
                            || chain.equals(Surroundings.EVERY_CHAIN)
                            || claim.chain().equals(Surroundings.EVERY_CHAIN));
        }

        String where() {
            String where =
                    listener.equals(Surroundings.EVERY_LISTENER)
                            ? " has it on every listener"
                            : " has it on listener " + listener;
            return chain.equals(Surroundings.EVERY_CHAIN) ? where : where + ", chain " + chain;
        }
    }

    private final Surroundings before;
    private final Map<Key, Change> changes = new LinkedHashMap<>();
    private final Map<Key, Boolean> exists = new HashMap<>();

    /** Per domain, the holders in the bundle that are not refused. */
    private final Map<String, List<Holder>> holders = new HashMap<>();

    private @Nullable Collection<Listener> listenersBefore;
    private @Nullable Collection<String> chainsBefore;
    private final List<Problem> problems = new ArrayList<>();

    BundleCheck(List<Change> changes, Surroundings before) {
        this.before = before;
        for (Change change : changes) {
            Key key = new Key(change.kind(), change.name());
            if (this.changes.putIfAbsent(key, change) != null) {
                add(key, "name", Problem.shown(change.name()), "each name once in a bundle");
            }
        }
    }

    List<Problem> run() {
        for (Map.Entry<Key, Change> entry : changes.entrySet()) {
            Document document = after(entry.getValue());
            if (document != null) {
                references(entry.getKey(), document);
            }
            if (document instanceof VirtualHost host) {
                claims(entry.getKey(), host);
                chains(entry.getKey(), host);
            }
        }
        listeners();
        deletions();
        return problems;
    }

    private static @Nullable Document after(Change change) {
        if (change instanceof Change.Put put) {
            return put.document();
        }
        return change instanceof Change.Unsound unsound ? unsound.document() : null;
    }

    private void add(Key document, String field, String value, String expected) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(document.toString(), field, value, expected));
        }
    }

    private void references(Key from, Document document) {
        for (Reference reference : Reference.of(document)) {
            Key to = new Key(reference.kind(), reference.name());
            if (changes.get(to) instanceof Change.Delete) {
                String expected = "the name of " + kind(to) + ", but this bundle deletes it";
                add(from, reference.field(), Problem.shown(to.name()), expected);
            } else if (!changes.containsKey(to)
                    && !exists.computeIfAbsent(to, k -> before.exists(k.kind(), k.name()))) {
                String expected = "the name of " + kind(to) + " of the gateway or of this bundle";
                add(from, reference.field(), Problem.shown(to.name()), expected);
            }
        }
    }

    private static String kind(Key key) {
        return (key.kind() == Kind.ENDPOINTS ? "an " : "a ") + key.kind();
    }

    private void claims(Key from, VirtualHost host) {
        Set<String> refused = new HashSet<>();
        for (Claim claim : Claim.of(host)) {
            Holder holder = holder(claim, host.name());
            if (holder == null) {
                holders.computeIfAbsent(claim.domain(), d -> new ArrayList<>(1))
                        .add(new Holder(claim.listener(), claim.chain(), host.name()));
            } else if (refused.add(claim.field())) {
                add(
                        from,
                        claim.field(),
                        Problem.shown(claim.domain()),
                        "a domain of no other virtual host: VirtualHost/"
                                + holder.host()
                                + holder.where());
            }
        }
    }

    /** Each chain that a host names is one of a listener that serves it. */
    private void chains(Key from, VirtualHost host) {
        if (host.filterChains().isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>();
        for (Listener listener : listenersAfter()) {
            if (host.listeners().isEmpty() || host.listeners().contains(listener.name())) {
                listener.allChains().forEach(chain -> known.add(chain.name()));
            }
        }
        for (int i = 0; i < host.filterChains().size(); i++) {
            if (!known.contains(host.filterChains().get(i))) {
                add(
                        from,
                        "filterChains[" + i + "]",
                        Problem.shown(host.filterChains().get(i)),
                        "the name of a filter chain of a listener that serves the host");
            }
        }
    }

    private List<Listener> listenersAfter() {
        List<Listener> listeners = new ArrayList<>();
        for (Listener listener : listenersBefore()) {
            if (!changes.containsKey(new Key(Kind.LISTENER, listener.name()))) {
                listeners.add(listener);
            }
        }
        for (Change change : changes.values()) {
            if (after(change) instanceof Listener listener) {
                listeners.add(listener);
            }
        }
        return listeners;
    }

    /** Who else holds, after the bundle, what is claimed; null: nobody. */
    private @Nullable Holder holder(Claim claim, String host) {
        for (Holder holder : holders.getOrDefault(claim.domain(), List.of())) {
            if (!holder.host().equals(host) && holder.meets(claim)) {
                return holder;
            }
        }
        for (String listener : listenersOf(claim)) {
            for (String chain : chainsOf(claim)) {
                Holder found = holderBefore(claim, listener, chain);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private Collection<String> listenersOf(Claim claim) {
        Set<String> listeners = new LinkedHashSet<>(List.of(Surroundings.EVERY_LISTENER));
        if (claim.listener().equals(Surroundings.EVERY_LISTENER)) {
            listenersBefore().forEach(listener -> listeners.add(listener.name()));
        }
        listeners.add(claim.listener());
        return listeners;
    }

    private Collection<String> chainsOf(Claim claim) {
        if (!claim.chain().equals(Surroundings.EVERY_CHAIN)) {
            return List.of(Surroundings.EVERY_CHAIN, claim.chain());
        }
        Collection<String> known = chainsBefore;
        if (known == null) {
            Set<String> chains = new LinkedHashSet<>(List.of(Surroundings.EVERY_CHAIN));
            for (Listener listener : listenersBefore()) {
                listener.allChains().forEach(chain -> chains.add(chain.name()));
            }
            known = chains;
            chainsBefore = known;
        }
        return known;
    }

    /**
     * Who holds the domain under just this listener and chain and keeps it: what the bundle changes
     * or deletes holds what the bundle says.
     */
    private @Nullable Holder holderBefore(Claim claim, String listener, String chain) {
        String host = before.claimant(listener, chain, claim.domain());
        return host == null || changes.containsKey(new Key(Kind.VIRTUAL_HOST, host))
                ? null
                : new Holder(listener, chain, host);
    }

    private Collection<Listener> listenersBefore() {
        Collection<Listener> listeners = listenersBefore;
        if (listeners == null) {
            listeners = before.listeners();
            listenersBefore = listeners;
        }
        return listeners;
    }

    /** No two listeners on one address and port: the second could not be opened. */
    private void listeners() {
        Map<String, String> places = new HashMap<>();
        boolean asked = false;
        for (Map.Entry<Key, Change> entry : changes.entrySet()) {
            if (entry.getValue() instanceof Change.Put put
                    && put.document() instanceof Listener listener) {
                if (!asked) {
                    asked = true;
                    listenersThatStay(places);
                }
                String place = listener.address() + " " + listener.port();
                String other = places.putIfAbsent(place, listener.name());
                if (other != null && !other.equals(listener.name())) {
                    add(
                            entry.getKey(),
                            "port",
                            Integer.toString(listener.port()),
                            "a port that is free on "
                                    + listener.address()
                                    + ": Listener/"
                                    + other
                                    + " has it");
                }
            }
        }
    }

    private void listenersThatStay(Map<String, String> places) {
        for (Listener listener : listenersBefore()) {
            if (!changes.containsKey(new Key(Kind.LISTENER, listener.name()))) {
                places.put(listener.address() + " " + listener.port(), listener.name());
            }
        }
    }

    /**
     * Nothing is deleted that a document refers to which the bundle leaves as it is. Those of the
     * bundle itself are checked as what refers to nothing.
     */
    private void deletions() {
        Map<Key, Integer> left = new LinkedHashMap<>();
        for (Map.Entry<Key, Change> entry : changes.entrySet()) {
            Key key = entry.getKey();
            // Without a Runtime the defaults hold, so that it may go at any time.
            if (entry.getValue() instanceof Change.Delete && key.kind() != Kind.RUNTIME) {
                int references = before.references(key.kind(), key.name());
                if (references > 0) {
                    left.put(key, references);
                }
            }
        }
        if (left.isEmpty()) {
            return;
        }
        for (Key key : changes.keySet()) {
            Document was = before.document(key.kind(), key.name());
            Set<Key> referred = new HashSet<>();
            for (Reference reference : was == null ? List.<Reference>of() : Reference.of(was)) {
                referred.add(new Key(reference.kind(), reference.name()));
            }
            for (Key to : referred) {
                left.computeIfPresent(to, (k, count) -> count - 1);
            }
        }
        left.forEach(
                (key, count) -> {
                    if (count > 0) {
                        String who = count == 1 ? "1 does" : count + " do";
                        add(key, "", "deleted", "no document that refers to it; " + who);
                    }
                });
    }
}
