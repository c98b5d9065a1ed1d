package io.regulars.platform.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the open internet: all but the blocks that IANA keeps for special use
 * (RFC 6890 and its registries). Pure.
 */
public final class PublicAddresses {

    private static final List<Block> SPECIAL_4 =
            List.of(
                    Block.of(8, 0),
                    Block.of(8, 10),
                    // Carrier-grade NAT: what a provider's own machines have.
                    Block.of(10, 100, 64),
                    Block.of(8, 127),
                    // Link-local, where clouds answer with credentials.
                    Block.of(16, 169, 254),
                    Block.of(12, 172, 16),
                    Block.of(24, 192, 0, 0),
                    Block.of(24, 192, 0, 2),
                    Block.of(24, 192, 88, 99),
                    Block.of(16, 192, 168),
                    Block.of(15, 198, 18),
                    Block.of(24, 198, 51, 100),
                    Block.of(24, 203, 0, 113),
                    // Multicast, reserved and broadcast.
                    Block.of(4, 224),
                    Block.of(4, 240));

    /** All that is routed; unique-local, link-local, multicast and mapped addresses lie outside. */
    private static final Block ROUTED_6 = Block.of(3, 0x20);

    private static final List<Block> SPECIAL_6 =
            List.of(
                    // Protocol assignments: Teredo, ORCHID, benchmarks.
                    Block.of(23, 0x20, 0x01, 0x00),
                    Block.of(32, 0x20, 0x01, 0x0d, 0xb8),
                    // 6to4 carries an IPv4 address that nobody would have checked.
                    Block.of(16, 0x20, 0x02),
                    Block.of(20, 0x3f, 0xff, 0x00));

    /** NAT64: the last four bytes are the IPv4 address that is reached. */
    private static final Block NAT64 = Block.of(96, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final int MAPPED_PREFIX = 12;

    private PublicAddresses() {}

    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic4(bytes);
        }
        if (NAT64.holds(bytes)) {
            return isPublic4(
                    new byte[] {
                        bytes[MAPPED_PREFIX],
                        bytes[MAPPED_PREFIX + 1],
                        bytes[MAPPED_PREFIX + 2],
                        bytes[MAPPED_PREFIX + 3]
                    });
        }
        return ROUTED_6.holds(bytes) && SPECIAL_6.stream().noneMatch(block -> block.holds(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        return SPECIAL_4.stream().noneMatch(block -> block.holds(bytes));
    }

    /** A block of addresses: its first bits and how many of them count. */
    private record Block(int bits, List<Integer> prefix) {

        static Block of(int bits, Integer... prefix) {
            return new Block(bits, List.of(prefix));
        }

        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int at = bit / 8;
                int wanted = at < prefix.size() ? prefix.get(at) : 0;
                int mask = 0x80 >>> (bit % 8);
                if ((wanted & mask) != (address[at] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
