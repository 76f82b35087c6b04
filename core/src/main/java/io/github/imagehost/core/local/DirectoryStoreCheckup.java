package io.github.imagehost.core.local;

import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.diagnosis.Probe;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.port.StoreFullException;
import io.github.imagehost.core.settings.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds out whether images can be kept in a directory, by storing one small object in it for a moment. */
public final class DirectoryStoreCheckup implements Checkup {

    private static final String DIRECTORY = "directory";
    private static final ByteRange PART = new ByteRange(5, 30);

    private final Path root;

    /**
     * @param root where the images are; may be absent, and is not made then
     */
    public DirectoryStoreCheckup(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public List<Finding> run() {
        if (Files.notExists(root)) {
            return List.of(Finding.notChecked(
                    Area.STORE, DIRECTORY, "There is no " + root + " yet; it is made when it is needed"));
        }
        String folder = Probe.freshFolder();
        try (DirectoryImageStore store = DirectoryImageStore.at(root)) {
            storeReadAndDelete(store, new ObjectKey(folder + "/probe"));
            // the directory above it is shared with images
            Files.delete(root.resolve(folder.substring(0, 2)).resolve(folder));
            return List.of(
                    Finding.ok(Area.STORE, DIRECTORY, "Objects can be stored, read and deleted again in " + root));
        } catch (StoreFullException e) {
            return List.of(Finding.of(
                            Outcome.FAILED,
                            Area.STORE,
                            DIRECTORY,
                            "There is no room in " + root + ": pictures can be read, but not be stored: "
                                    + DiskCheckup.reason(e),
                            DiskCheckup.ROOM_ADVICE)
                    .because(e));
        } catch (StoreException | IOException e) {
            return List.of(Finding.of(
                            Outcome.SETTING_WRONG,
                            Area.STORE,
                            DIRECTORY,
                            DataDirectory.SETTING + ": images can't be kept in " + root + ": " + DiskCheckup.reason(e),
                            DiskCheckup.ADVICE + "; if there is a folder " + folder + " left in it, delete it")
                    .because(e));
        }
    }

    private static void storeReadAndDelete(DirectoryImageStore store, ObjectKey key) throws IOException {
        Probe probe = Probe.fresh();
        Map<ObjectKey, String> left;
        try {
            store.put(key, probe);
            requireBytes(probe, 0, probe.size(), store.open(key));
            requireBytes(probe, PART.offset(), PART.length(), store.open(key, PART));
        } finally {
            left = store.delete(List.of(key));
        }
        if (!left.isEmpty()) {
            throw new StoreException("What was stored can't be deleted again: " + left);
        }
    }

    private static void requireBytes(Probe probe, long offset, long length, InputStream opened) throws IOException {
        byte[] expected = Arrays.copyOfRange(probe.bytes(), (int) offset, (int) (offset + length));
        try (InputStream in = opened) {
            if (!Arrays.equals(in.readAllBytes(), expected)) {
                throw new StoreException("What is read is not what was stored");
            }
        }
    }
}
