using Nonsmooth.Files;

namespace Nonsmooth.Onnx.Files;

/// <summary>Reads and writes ONNX files.</summary>
public static class OnnxFile
{
    /// <summary>Reads a model and the external data that its initializers name; where their file is missing, they are absent (<see cref="OnnxTensor.IsPresent"/>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may ask for; the defaults without any.</param>
    /// <exception cref="NonsmoothException">It is no file, too long, no ONNX model or damaged, or its external data are cut short or outside of its folder, or it cannot be read: one line that names it.</exception>
    public static OnnxModel Read(string path, OnnxLimits? limits = null)
    {
        limits ??= OnnxLimits.Default;
        try
        {
            byte[] bytes = InputFile.ReadBytes(path, "model", Math.Min(limits.FileBytes, Array.MaxLength));
            var model = new OnnxReader(limits).Model(bytes) with { Path = path };
            return ExternalData.Load(model, path, limits);
        }
        catch (OnnxException e)
        {
            throw e.In($"model '{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"model '{path}' cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}", e);
        }
    }

    /// <summary>Reads a model that is in memory. External data are not looked for: a tensor that needs them is an error when it is decoded.</summary>
    /// <param name="bytes">The file's content; the model keeps slices of it.</param>
    /// <param name="limits">What it may ask for; the defaults without any.</param>
    /// <exception cref="OnnxException">It is no ONNX model, or damaged.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, OnnxLimits? limits = null) => new OnnxReader(limits ?? OnnxLimits.Default).Model(bytes);

    /// <summary>Reads a tensor that is in memory, as test data have it.</summary>
    /// <exception cref="OnnxException">It is no tensor, or damaged.</exception>
    public static OnnxTensor ParseTensor(ReadOnlyMemory<byte> bytes) => OnnxReader.Tensor(bytes);

    /// <summary>The content of the file of a model.</summary>
    /// <exception cref="OnnxException">It holds something that can be written only as it was read.</exception>
    public static byte[] ToBytes(OnnxModel model) => OnnxWriter.Model(model).ToArray();

    /// <summary>Writes a model. External tensors that were not replaced still name their file, which is not written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file, written whole before it takes its name.</param>
    /// <exception cref="OnnxException">It holds something that can be written only as it was read, or is longer than the format allows.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(OnnxModel model, string path)
    {
        var writer = OnnxWriter.Model(model);
        if (writer.Length > int.MaxValue)
        {
            throw new OnnxException($"model '{path}' would have {writer.Length} bytes, more than the {int.MaxValue} of a file: keep tensors external");
        }

        string unfinished = path + ".part";
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            writer.CopyTo(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
