package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Route;
import dev.wick.model.Runtime;
import dev.wick.model.RuntimeFraction;
import dev.wick.model.VirtualHost;
import dev.wick.model.check.Claim;
import dev.wick.model.check.Reference;
import dev.wick.model.wire.Json;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Index;
import dev.wick.store.keep.Indexer;
import dev.wick.store.revision.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells what a document claims and refers to. Sealed documents and those of the store itself claim
 * nothing.
 */
public final class DocumentIndexer implements Indexer {

    private static final String VIRTUAL_HOST = Kind.VIRTUAL_HOST.spelling();
    private static final String CLUSTER = Kind.CLUSTER.spelling();
    private static final byte[] EDS = "\"EDS\"".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Index index(String gateway, Key key, byte[] document) {
        boolean speaks = key.kind().equals(VIRTUAL_HOST) || isEds(key, document);
        if (!speaks || GatewayName.isReserved(gateway)) {
            return Index.NOTHING;
        }
        Document read = Json.read(document);
        return read instanceof VirtualHost host
                ? new Index(domains(host), references(host))
                : new Index(List.of(), references(read));
    }

    /** Looked for in the canonical text: most clusters refer to nothing, and are not parsed. */
    private static boolean isEds(Key key, byte[] document) {
        if (!key.kind().equals(CLUSTER)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < document.length; i++) {
            at = document[i] == EDS[at] ? at + 1 : document[i] == EDS[0] ? 1 : 0;
            if (at == EDS.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int version() {
        return 2;
    }

    /** It need not be there: then the defaults hold. */
    private static boolean asksRuntime(VirtualHost host) {
        for (Route route : host.routes()) {
            RuntimeFraction fraction = route.match().runtimeFraction();
            if (fraction != null && !fraction.runtimeKey().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static List<DomainKey> domains(VirtualHost host) {
        List<DomainKey> domains = new ArrayList<>(host.domains().size());
        for (Claim claim : Claim.of(host)) {
            domains.add(new DomainKey(claim.listener(), claim.chain(), claim.domain()));
        }
        return domains;
    }

    private static List<Key> references(Document document) {
        Set<Key> references = new LinkedHashSet<>();
        for (Reference reference : Reference.of(document)) {
            references.add(new Key(reference.kind().spelling(), reference.name()));
        }
        if (document instanceof VirtualHost host && asksRuntime(host)) {
            references.add(new Key(Kind.RUNTIME.spelling(), Runtime.NAME));
        }
        return List.copyOf(references);
    }
}
