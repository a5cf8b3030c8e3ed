package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.entry.Fields;

/** Writes commands as clients send them. */
public final class RespWriter {

    private static final byte[] XADD = "XADD".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW_ID = {'*'};

    private RespWriter() {}

    /** {@code XADD stream * field value …}. */
    public static byte[] append(byte[] stream, Fields entry) {
        List<byte[]> arguments = new ArrayList<>(3 + 2 * entry.size());
        arguments.add(XADD);
        arguments.add(stream);
        arguments.add(NEW_ID);
        for (int i = 0; i < entry.size(); i++) {
            arguments.add(entry.name(i).getBytes(StandardCharsets.UTF_8));
            arguments.add(entry.value(i));
        }
        return command(arguments);
    }

    /** Any command. */
    public static byte[] command(List<byte[]> arguments) {
        int size = header(arguments.size()).length;
        for (byte[] argument : arguments) {
            size += header(argument.length).length + argument.length + 2;
        }
        byte[] command = new byte[size];
        int at = put(command, 0, '*', header(arguments.size()));
        for (byte[] argument : arguments) {
            at = put(command, at, '$', header(argument.length));
            System.arraycopy(argument, 0, command, at, argument.length);
            at += argument.length;
            command[at++] = '\r';
            command[at++] = '\n';
        }
        return command;
    }

    private static byte[] header(int number) {
        return (" " + number + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static int put(byte[] command, int at, char type, byte[] header) {
        System.arraycopy(header, 0, command, at, header.length);
        command[at] = (byte) type;
        return at + header.length;
    }
}
