package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's revisions add up to, for readers: where each document is, which host claims a
 * domain, how many refer to a document. All in memory and packed (documents themselves stay in
 * their files), all versioned, all rebuilt from base and bundles at a start. The apply thread
 * writes; any thread reads, as of a revision not above the head.
 *
 * <p>A revision is applied in front of the versions that readers see, and shows at once when the
 * head moves. A version of a document is in the bundle of its revision, or in a base that covers
 * this version and not the next.
 */
final class View {

    private static final int DOCUMENTS = 1;
    private static final int DOMAINS = 2;
    private static final int REFERENCES = 3;

    private final String gateway;
    private final Indexer indexer;
    private final Bundles bundles;
    private final Blocks cache;
    private final WildcardLengths wildcards = new WildcardLengths();
    private final VersionedMap documents = new VersionedMap();
    private final VersionedMap references = new VersionedMap();
    private final VersionedMap domains =
            new VersionedMap(
                    key -> wildcards.count(Places.domain(key), 1),
                    key -> wildcards.count(Places.domain(key), -1));
    private final ConcurrentSkipListMap<Long, FileName> files = new ConcurrentSkipListMap<>();
    private final RecentRevisions recent = new RecentRevisions();
    private final Pins pins;
    private volatile Base[] bases = {};
    private volatile long head;

    View(String gateway, Indexer indexer, Bundles bundles, Blocks cache, LongSupplier nanoTime) {
        this.gateway = gateway;
        this.indexer = indexer;
        this.bundles = bundles;
        this.cache = cache;
        this.pins = new Pins(this::head, nanoTime);
    }

    String gateway() {
        return gateway;
    }

    long head() {
        return head;
    }

    Pins pins() {
        return pins;
    }

    long documents() {
        return documents.entries();
    }

    /** For a view that is empty. */
    void load(Base base) throws IOException {
        bases = new Base[] {base};
        if (base.indexerVersion() == indexer.version()) {
            loadRows(base, DOCUMENTS, documents);
            loadRows(base, DOMAINS, domains);
            loadRows(base, REFERENCES, references);
        } else {
            loadAnew(base);
        }
        head = base.upTo();
    }

    private static void loadRows(Base base, int view, VersionedMap into) throws IOException {
        try (VersionedMap.Loader loader = into.loader()) {
            base.rows(view, loader::add);
        }
    }

    private void loadAnew(Base base) throws IOException {
        Base.Source source = base.source();
        Effects effects = new Effects(gateway, indexer);
        int some = 0;
        for (Base.Item item = source.next(); item != null; item = source.next()) {
            documents.put(item.key(), item.revision(), new byte[0]);
            effects.add(new RecordedChange(Places.key(item.key()), 0, null, item.document()));
            if (++some % 1000 == 0) {
                apply(effects, base.upTo());
                effects = new Effects(gateway, indexer);
            }
        }
        apply(effects, base.upTo());
        forget(base.upTo());
    }

    /** Makes the next revision visible. */
    void apply(long revision, FileName bundle) throws IOException {
        if (revision != head + 1) {
            throw new IllegalStateException(
                    "revision " + revision + " of " + gateway + " after " + head);
        }
        Effects effects = new Effects(gateway, indexer);
        RecentRevisions.Builder builder = new RecentRevisions.Builder(revision);
        ByteWriter place = new ByteWriter(10);
        Bundle.Changes changes = Bundle.read(bundles, bundle.sha256());
        for (RecordedChange change = changes.next(); change != null; change = changes.next()) {
            place.clear();
            place.number(changes.offset());
            documents.put(
                    Places.bytes(change.key()),
                    revision,
                    change.after() == null ? null : place.toBytes());
            effects.add(change);
            builder.add(change);
        }
        apply(effects, revision);
        files.put(revision, bundle);
        recent.add(builder.build(changes.header(), effects.domains()));
        head = revision;
        pins.overtaken(revision - 1);
    }

    private void apply(Effects effects, long revision) {
        // In the order of the keys: neighbours lie in one leaf.
        TreeMap<byte[], byte @Nullable []> owners = new TreeMap<>(Arrays::compareUnsigned);
        effects.gained()
                .forEach(
                        (domain, host) ->
                                owners.put(
                                        Places.bytes(domain),
                                        host.getBytes(StandardCharsets.UTF_8)));
        effects.lost().forEach(domain -> owners.put(Places.bytes(domain), null));
        owners.forEach((domain, host) -> domains.put(domain, revision, host));
        TreeMap<byte[], Integer> counts = new TreeMap<>(Arrays::compareUnsigned);
        effects.referrers().forEach((key, more) -> counts.put(Places.bytes(key), more));
        counts.forEach((key, more) -> count(key, more, revision));
    }

    private void count(byte[] key, int more, long revision) {
        if (more != 0) {
            int count = referrers(key, Long.MAX_VALUE) + more;
            byte[] payload = count <= 0 ? null : new ByteWriter(5).number(count).toBytes();
            references.put(key, revision, payload);
        }
    }

    /**
     * Drops the versions that no reader needs. The apply thread. Returns the oldest revision that
     * one may still need.
     */
    long forget() {
        long oldest = pins.forget();
        forget(oldest);
        Base[] all = bases;
        int needed = 1;
        while (needed < all.length && all[needed - 1].upTo() > oldest) {
            needed++;
        }
        if (needed < all.length) {
            bases = Arrays.copyOf(all, needed);
        }
        return oldest;
    }

    private void forget(long oldest) {
        documents.forget(oldest);
        domains.forget(oldest);
        references.forget(oldest);
    }

    /**
     * A new base: from now on documents are read from it where it holds the version asked for. The
     * apply thread.
     */
    void rebase(Base base) {
        Base[] old = bases;
        Base[] all = new Base[old.length + 1];
        all[0] = base;
        System.arraycopy(old, 0, all, 1, old.length);
        bases = all;
    }

    /** 0 when there is none. */
    long baseUpTo() {
        Base[] all = bases;
        return all.length == 0 ? 0 : all[0].upTo();
    }

    /**
     * The bundle of a revision that is kept for history; covered by the base when the views were
     * loaded.
     */
    void remember(long revision, FileName bundle) {
        files.put(revision, bundle);
    }

    /** These bundles are about to be deleted. */
    void drop(long before) {
        files.headMap(before).clear();
    }

    @Nullable FileName bundle(long revision) {
        return files.get(revision);
    }

    @Nullable RevisionRecord recent(long revision) {
        return recent.find(revision);
    }

    @Nullable Stored document(Key key, long revision) throws IOException {
        byte[] place = Places.bytes(key);
        VersionedMap.Version version = documents.find(place, revision);
        return version == null ? null : read(key, place, version);
    }

    /** 0 when it is not there. */
    long changed(Key key, long revision) {
        VersionedMap.Version version = documents.find(Places.bytes(key), revision);
        return version == null ? 0 : version.revision();
    }

    VersionedMap.Cursor documents(byte @Nullable [] after, long revision) {
        return documents.after(after, revision);
    }

    @Nullable String domain(DomainKey domain, long revision) {
        VersionedMap.Version version = domains.find(Places.bytes(domain), revision);
        return version == null ? null : new String(version.payload(), StandardCharsets.UTF_8);
    }

    Wildcards wildcards(String listener, String chain) {
        return wildcards.of(listener, chain);
    }

    int references(Key key, long revision) {
        return referrers(Places.bytes(key), revision);
    }

    private int referrers(byte[] key, long revision) {
        VersionedMap.Version version = references.find(key, revision);
        return version == null ? 0 : (int) new ByteReader(version.payload()).number();
    }

    Stored read(Key key, byte[] place, VersionedMap.Version version) throws IOException {
        byte[] document = null;
        for (Base base : bases) {
            if (version.revision() <= base.upTo() && version.newer() > base.upTo()) {
                document = base.document(place);
                break;
            }
        }
        FileName bundle = files.get(version.revision());
        if (document == null && bundle != null && version.payload().length > 0) {
            long offset = new ByteReader(version.payload()).number();
            byte[] block = CachedRead.block(bundles, cache, bundle.sha256(), offset);
            document = Bundle.document(block, offset == 0, place);
        }
        if (document == null) {
            throw new PinExpired(
                    key
                            + " as of revision "
                            + version.revision()
                            + " is gone: snapshot expired, retry");
        }
        return new Stored(key, document, version.revision());
    }

    /** Writes the three views as of a pinned revision behind the documents. */
    void save(Base.Writer base, long revision) throws IOException {
        base.view(DOCUMENTS, documents.after(null, revision));
        base.view(DOMAINS, domains.after(null, revision));
        base.view(REFERENCES, references.after(null, revision));
    }
}
