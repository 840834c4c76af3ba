package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.VirtualHost;
import dev.wick.model.check.Claim;
import dev.wick.model.check.Reference;
import dev.wick.model.wire.Json;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.keep.Index;
import dev.wick.store.keep.Indexer;
import dev.wick.store.revision.Key;
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

    @Override
    public Index index(String gateway, Key key, byte[] document) {
        if (!key.kind().equals(VIRTUAL_HOST) || GatewayName.isReserved(gateway)) {
            return Index.NOTHING;
        }
        Document read = Json.read(document);
        return read instanceof VirtualHost host ? index(host) : Index.NOTHING;
    }

    @Override
    public int version() {
        return 1;
    }

    private static Index index(VirtualHost host) {
        List<DomainKey> domains = new ArrayList<>(host.domains().size());
        for (Claim claim : Claim.of(host)) {
            domains.add(new DomainKey(claim.listener(), claim.chain(), claim.domain()));
        }
        Set<Key> references = new LinkedHashSet<>();
        for (Reference reference : Reference.of(host)) {
            references.add(new Key(reference.kind().spelling(), reference.name()));
        }
        return new Index(domains, List.copyOf(references));
    }
}
