package dev.wick.gateway.edge;

import dev.wick.entry.ChainTable;
import dev.wick.gateway.exchange.ClientConnection;
import dev.wick.gateway.exchange.Door;
import dev.wick.gateway.snapshot.AcceptanceSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The doors of one listener: one for each of its filter chains. Immutable. */
final class Doors {

    private final AcceptanceSettings acceptance;
    private final Map<String, Door> chains;
    private final @Nullable ChainTable<String> table;
    private final @Nullable Door otherwise;
    private final boolean known;

    /**
     * @param table null: every connection comes to {@code otherwise}
     * @param otherwise null: what no chain takes is closed
     */
    Doors(
            AcceptanceSettings acceptance,
            Map<String, Door> chains,
            @Nullable ChainTable<String> table,
            @Nullable Door otherwise) {
        this(acceptance, chains, table, otherwise, true);
    }

    private Doors(
            AcceptanceSettings acceptance,
            Map<String, Door> chains,
            @Nullable ChainTable<String> table,
            @Nullable Door otherwise,
            boolean known) {
        this.acceptance = acceptance;
        this.chains = chains;
        this.table = table;
        this.otherwise = otherwise;
        this.known = known;
    }

    /** Of a listener that is not known: all connections come to one, which tells them so. */
    static Doors unknown(Door door) {
        return new Doors(AcceptanceSettings.DEFAULT, Map.of("", door), null, door, false);
    }

    /** Whether they are those of a listener that is known. */
    boolean known() {
        return known;
    }

    AcceptanceSettings acceptance() {
        return acceptance;
    }

    /** Where a connection comes to; null: no chain takes it. */
    @Nullable Door find(ClientConnection client) {
        if (table == null) {
            return otherwise;
        }
        String chain =
                table.find(
                        new ChainTable.Ends(
                                client.localOctets(),
                                client.localPort(),
                                client.directOctets(),
                                client.octets(),
                                client.port()));
        return chain == null ? otherwise : chains.get(chain);
    }

    /** Whether connections that came to a door may stay. */
    boolean has(Door door) {
        for (Door own : chains.values()) {
            if (own == door) {
                return true;
            }
        }
        return false;
    }
}
