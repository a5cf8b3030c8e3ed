package peagen.bench.collector.export;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** An export in a process of its own, which says when its first part has arrived and then goes no further: to be killed. */
final class ExportProcess {

    private ExportProcess() {}

    /** Arguments: endpoint, target, folder. */
    public static void main(String[] args) {
        ExportTarget target = ExportTarget.parse(args[1]).orElseThrow();
        ExportTarget.Access access =
                new ExportTarget.Access(Optional.of(URI.create(args[0])), Optional.of("us-east-1"), true);
        try (Exporter exporter = new Exporter(target, access, new StopsAfterTheFirstPart())) {
            exporter.export(Path.of(args[2]), false);
        }
    }

    private static final class StopsAfterTheFirstPart implements ExportProgress {
        @Override
        public void sent(String url, long sent, long size) {
            System.out.println("sent " + sent);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException hurried) {
                throw new IllegalStateException(hurried);
            }
        }

        @Override
        public void done(String url, long size, Done done) {
            System.out.println("done " + url);
        }
    }
}
