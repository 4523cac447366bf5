package io.mnemosyne.scripted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A response of HTTP/1.1, piece by piece.
 *
 * @param length of the body that the head announces; negative if it comes in chunks
 * @param broken whether the connection ends behind the last piece, in the middle of the body
 */
record Delivery(int status, Map<String, String> headers, List<byte[]> pieces, int length, boolean broken,
        Behaviour.Pace pace) {
    private static final int PIECE = 64;

    /** A body of known length in one piece. */
    static Delivery whole(int status, Map<String, String> headers, String type, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new Delivery(status, with(headers, type), List.of(bytes), bytes.length, false, Behaviour.Pace.FAST);
    }

    /** Server-sent events. */
    static Delivery events(Map<String, String> headers, List<String> events, boolean broken, Behaviour.Pace pace) {
        return new Delivery(200, with(headers, "text/event-stream; charset=utf-8"),
                events.stream().map(event -> event.getBytes(UTF_8)).toList(), -1, broken, pace);
    }

    /** The same in small pieces at this pace; only the first half of them if it is broken. */
    Delivery inPieces(Behaviour.Pace other, boolean isBroken) {
        byte[] body = pieces.getFirst();
        int end = isBroken ? body.length / 2 : body.length;
        List<byte[]> parts = new ArrayList<>();
        for (int start = 0; start < end; start += PIECE) {
            parts.add(Arrays.copyOfRange(body, start, Math.min(end, start + PIECE)));
        }
        return new Delivery(status, headers, parts, length, isBroken, other);
    }

    /** @param beforeEnd runs before the client can know that this is all */
    void to(Peer peer, boolean close, Runnable beforeEnd) throws IOException {
        peer.pause(pace.firstByte());
        peer.write(head(close).getBytes(ISO_8859_1));
        for (int index = 0; index < pieces.size(); index++) {
            if (index > 0) {
                peer.pause(pace.between());
            }
            if (index == pieces.size() - 1) {
                beforeEnd.run();
            }
            write(peer, pieces.get(index));
        }
        if (length < 0 && !broken) {
            peer.write("0\r\n\r\n".getBytes(ISO_8859_1));
        }
        peer.flush();
    }

    private void write(Peer peer, byte[] piece) throws IOException {
        if (length >= 0) {
            peer.write(piece);
            return;
        }
        peer.write((Integer.toHexString(piece.length) + "\r\n").getBytes(ISO_8859_1));
        peer.write(piece);
        peer.write("\r\n".getBytes(ISO_8859_1));
    }

    private String head(boolean close) {
        var head = new StringBuilder("HTTP/1.1 " + status + " " + (status < 400 ? "OK" : "Error") + "\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(length < 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n");
        return head.append("Connection: ").append(close ? "close" : "keep-alive").append("\r\n\r\n").toString();
    }

    private static Map<String, String> with(Map<String, String> headers, String type) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", type);
        return all;
    }
}
