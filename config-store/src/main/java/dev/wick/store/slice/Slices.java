package dev.wick.store.slice;

import dev.wick.model.Kind;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Indexer;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.Wildcards;
import dev.wick.store.revision.Key;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads slices: one look-up of the domain, then one batch for each level of references. Any thread;
 * may touch the disk.
 */
public final class Slices {

    private static final String VIRTUAL_HOST = Kind.VIRTUAL_HOST.spelling();
    private static final String RUNTIME = Kind.RUNTIME.spelling();

    /** In the place of a virtual host, where a cluster is asked for by its name. */
    private static final String NAMED_CLUSTER = "NamedCluster";

    private static final String ROOT = "{\"kind\":\"NamedCluster\",\"name\":\"%s\"}";
    private static final int LISTENERS = 10_000;

    private final Keep keep;
    private final Indexer indexer;

    public Slices(Keep keep, Indexer indexer) {
        this.keep = keep;
        this.indexer = indexer;
    }

    /** At the head. */
    public Slice read(String gateway, HostName host, Holding holding) {
        holding.host(host);
        Slice slice = read(gateway, host);
        holding.documents(slice.revision(), keys(gateway, slice));
        return slice;
    }

    private Slice read(String gateway, HostName host) {
        try (Pin pin = keep.pin(gateway)) {
            if (host.isCluster()) {
                return new Slice(keep.epoch(), pin.revision(), cluster(pin, host.host()));
            }
            Match match = match(pin, host);
            if (match == null) {
                return new Slice(keep.epoch(), pin.revision(), null);
            }
            Stored virtualHost = match.virtualHost();
            List<Stored> documents = referredTo(pin, virtualHost);
            String etag = etag(match.domain(), virtualHost, documents);
            Slice.Found found = new Slice.Found(match.domain(), virtualHost, documents, etag);
            return new Slice(keep.epoch(), pin.revision(), found);
        }
    }

    /** A cluster under its own name, with what it refers to; null: there is none. */
    private Slice.@Nullable Found cluster(Pin pin, String name) {
        if (name.isEmpty() || name.indexOf(0) >= 0) {
            return null;
        }
        Stored cluster = pin.document(new Key(Kind.CLUSTER.spelling(), name));
        if (cluster == null) {
            return null;
        }
        byte[] root = ROOT.formatted(name).getBytes(StandardCharsets.UTF_8);
        Stored named = new Stored(new Key(NAMED_CLUSTER, name), root, cluster.revision());
        List<Stored> documents = new ArrayList<>(List.of(cluster));
        documents.addAll(referredTo(pin, cluster));
        return new Slice.Found(name, named, documents, etag(name, named, documents));
    }

    private record Match(String domain, Stored virtualHost) {}

    private static @Nullable Match match(Pin pin, HostName host) {
        Wildcards wildcards = wildcards(pin, host);
        return LookupOrder.first(
                host,
                wildcards,
                domain -> {
                    String name = claimant(pin, host, domain);
                    Stored document =
                            name == null ? null : pin.document(new Key(VIRTUAL_HOST, name));
                    return document == null ? null : new Match(domain, document);
                });
    }

    /**
     * The virtual host that claims exactly this domain on the host's listener and chain, or null.
     */
    public static @Nullable String claimant(Pin pin, HostName host, String domain) {
        for (DomainKey place : host.places(domain)) {
            String name = pin.domain(place);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** The lengths of wildcards that could serve the host. */
    public static Wildcards wildcards(Pin pin, HostName host) {
        Wildcards all = new Wildcards(new int[0], new int[0]);
        for (DomainKey place : host.places("")) {
            all = LookupOrder.merged(all, pin.wildcards(place.listener(), place.chain()));
        }
        return all;
    }

    /**
     * What a document refers to, directly or not, level by level, as of the pin; itself left out.
     */
    private List<Stored> referredTo(Pin pin, Stored document) {
        TreeMap<String, Stored> found = new TreeMap<>();
        Set<Key> seen = new LinkedHashSet<>(List.of(document.key()));
        List<Stored> level = List.of(document);
        while (!level.isEmpty()) {
            List<Key> next = new ArrayList<>();
            for (Stored from : level) {
                for (Key to :
                        indexer.index(pin.gateway(), from.key(), from.document()).references()) {
                    if (isPartOfSlices(to) && seen.add(to)) {
                        next.add(to);
                    }
                }
            }
            level =
                    next.isEmpty()
                            ? List.of()
                            : pin.documents(next).stream().filter(Objects::nonNull).toList();
            level.forEach(stored -> found.put(stored.key().toString(), stored));
        }
        return List.copyOf(found.values());
    }

    /**
     * Whether what a slice's documents refer to comes along with them: a listener does not, it is
     * part of the listener set.
     */
    public static boolean isPartOfSlices(Key reference) {
        return !reference.kind().equals(Kind.LISTENER.spelling());
    }

    /** All listeners, at the head. */
    public ListenerSet listeners(String gateway) {
        try (Pin pin = keep.pin(gateway)) {
            List<Stored> listeners = pin.page(Kind.LISTENER.spelling(), null, LISTENERS);
            return new ListenerSet(keep.epoch(), pin.revision(), listeners, etag("", listeners));
        }
    }

    /** With what may come to be there: who holds a slice is told of that too. */
    private Collection<Key> keys(String gateway, Slice slice) {
        Slice.Found found = slice.found();
        if (found == null) {
            return List.of();
        }
        List<Key> keys = new ArrayList<>();
        if (found.virtualHost().key().kind().equals(VIRTUAL_HOST)) {
            keys.add(found.virtualHost().key());
        }
        found.documents().forEach(document -> keys.add(document.key()));
        Stored host = found.virtualHost();
        for (Key to : indexer.index(gateway, host.key(), host.document()).references()) {
            if (to.kind().equals(RUNTIME) && !keys.contains(to)) {
                keys.add(to);
            }
        }
        return keys;
    }

    private String etag(String domain, Stored virtualHost, List<Stored> documents) {
        List<Stored> all = new ArrayList<>(List.of(virtualHost));
        all.addAll(documents);
        return etag(domain, all);
    }

    /** Made of names and revisions: no hash is ever taken of what a secret says. */
    private String etag(String domain, List<Stored> documents) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((keep.epoch() + '\0' + domain).getBytes(StandardCharsets.UTF_8));
            for (Stored document : documents) {
                String version = '\0' + document.key().toString() + '\0' + document.revision();
                sha.update(version.getBytes(StandardCharsets.UTF_8));
            }
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), 16)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
