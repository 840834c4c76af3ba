package dev.wick.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTableTest {

    private final ChainTable<String> table = new ChainTable<>();

    private static byte[] ip(String text) {
        return InetAddress.ofLiteral(text).getAddress();
    }

    private static List<Cidr> in(String address, int bits) {
        return List.of(new Cidr(ip(address), bits));
    }

    private void add(
            String chain, int port, List<Cidr> to, ChainTable.Source kind, List<Cidr> from) {
        table.add(new ChainTable.Criteria(port, to, List.of(), kind, from, List.of()), chain);
    }

    private String find(String to, int port, String from) {
        return table.find(new ChainTable.Ends(ip(to), port, ip(from), ip(from), 1234));
    }

    @Test
    void theMostSpecificNetworkWins() {
        add("all", 0, List.of(), ChainTable.Source.ANY, List.of());
        add("ten", 0, List.of(), ChainTable.Source.ANY, in("10.0.0.0", 8));
        add("one", 0, List.of(), ChainTable.Source.ANY, in("10.1.2.3", 32));
        add("six", 0, List.of(), ChainTable.Source.ANY, in("2001:db8::", 33));
        assertEquals("ten", find("1.1.1.1", 80, "10.1.2.4"));
        assertEquals("one", find("1.1.1.1", 80, "10.1.2.3"));
        assertEquals("all", find("1.1.1.1", 80, "11.0.0.1"));
        assertEquals("six", find("::2", 80, "2001:db8:7fff::1"));
        assertEquals("all", find("::2", 80, "2001:db8:8000::1"));
    }

    @Test
    void thereIsNoWayBack() {
        add("port", 80, List.of(), ChainTable.Source.ANY, in("10.0.0.0", 8));
        add("all", 0, List.of(), ChainTable.Source.ANY, List.of());
        assertEquals("port", find("1.1.1.1", 80, "10.0.0.1"));
        assertNull(find("1.1.1.1", 80, "11.0.0.1"));
        assertEquals("all", find("1.1.1.1", 81, "11.0.0.1"));
    }

    @Test
    void theSourceIsLocalOrNot() {
        add("any", 0, List.of(), ChainTable.Source.ANY, List.of());
        add("local", 0, List.of(), ChainTable.Source.LOCAL, List.of());
        assertEquals("local", find("1.1.1.1", 80, "1.1.1.1"));
        assertEquals("local", find("1.1.1.1", 80, "127.3.2.1"));
        assertEquals("local", find("::2", 80, "::1"));
        assertEquals("any", find("1.1.1.1", 80, "1.1.1.2"));
    }

    @Test
    void thePortOfTheSourceComesLast() {
        table.add(
                new ChainTable.Criteria(
                        0, List.of(), List.of(), ChainTable.Source.ANY, List.of(), List.of(1234)),
                "port");
        add("any", 0, List.of(), ChainTable.Source.ANY, List.of());
        assertEquals("port", find("1.1.1.1", 80, "1.1.1.2"));
        add("net", 0, List.of(), ChainTable.Source.ANY, in("1.1.1.2", 32));
        assertEquals("net", find("1.1.1.1", 80, "1.1.1.2"));
    }
}
