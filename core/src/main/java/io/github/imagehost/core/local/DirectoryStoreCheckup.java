package io.github.imagehost.core.local;

import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Check;
import io.github.imagehost.core.diagnosis.CheckTable;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.diagnosis.Probe;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds out whether images can be kept in a directory, by storing one small object in it for a moment. */
public final class DirectoryStoreCheckup implements Checkup {

    private static final ByteRange PART = new ByteRange(5, 30);

    private final Path root;

    /** @param root where the images are; may be absent, and is not made then */
    public DirectoryStoreCheckup(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public List<Finding> run() {
        String folder = Probe.freshFolder();
        Check directory = Check.of("directory", () -> storeReadAndDelete(folder), failure -> explain(failure, folder));
        return new CheckTable(Area.STORE, directory).run();
    }

    private Answer storeReadAndDelete(String folder) throws IOException {
        if (Files.notExists(root)) {
            return Answer.notChecked("There is no " + root + " yet; it is made when it is needed");
        }
        ObjectKey key = new ObjectKey(folder + "/probe");
        Probe probe = new Probe();
        Map<ObjectKey, String> left;
        try (DirectoryImageStore store = DirectoryImageStore.at(root)) {
            try {
                store.put(key, probe);
                probe.requirePart(probe.whole(), store.open(key));
                probe.requirePart(PART, store.open(key, PART));
            } finally {
                left = store.delete(List.of(key));
            }
        }
        if (!left.isEmpty()) {
            throw new StoreException("What was stored can't be deleted again: " + left);
        }
        // the directory above it is shared with images
        Files.delete(root.resolve(folder.substring(0, 2)).resolve(folder));
        return Answer.ok("Objects can be stored, read and deleted again in " + root);
    }

    private Answer explain(Exception failure, String folder) {
        String reason = DiskCheckup.reason(failure);
        return failure instanceof StoreFullException
                ? Outcome.FAILED.answer(
                        "There is no room in " + root + ": pictures can be read, but not be stored: " + reason,
                        DiskCheckup.ROOM_ADVICE)
                : Outcome.SETTING_WRONG.answer(
                        DataDirectory.SETTING + ": images can't be kept in " + root + ": " + reason,
                        DiskCheckup.ADVICE + "; if there is a folder " + folder + " left in it, delete it");
    }
}
