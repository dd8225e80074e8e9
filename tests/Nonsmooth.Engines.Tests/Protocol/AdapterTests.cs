using System.Diagnostics;

namespace Nonsmooth.Engines.Tests.Protocol;

/// <summary>Adapters whose engines are not here: each says so in one line, whatever the folder it is run from.</summary>
public class AdapterTests
{
    [Theory]
    [InlineData("autograd", "autograd", "autograd is missing: pip install autograd")]
    [InlineData("casadi", "casadi", "CasADi is missing: pip install casadi")]
    [InlineData("jax", "jax", "JAX is missing: pip install jax")]
    [InlineData("paddle", "paddle", "PaddlePaddle is missing: pip install paddlepaddle")]
    [InlineData("pytensor", "pytensor", "PyTensor is missing: pip install pytensor")]
    [InlineData("pytorch", "torch", "PyTorch is missing: pip install torch, or Debian's python3-torch")]
    [InlineData("tensorflow", "tensorflow", "TensorFlow is missing: pip install tensorflow")]
    [InlineData("tinygrad", "tinygrad", "tinygrad is missing: pip install tinygrad")]
    [InlineData("warp", "warp", "Warp is missing: pip install warp-lang")]
    public void SaysWhatIsMissing(string adapter, string module, string said)
    {
        string folder = Directory.CreateTempSubdirectory("nonsmooth-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, module + ".py"), "raise ImportError\n");
            var start = new ProcessStartInfo("python3", [RepositoryFile.Of("engines", adapter + ".py")]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
            start.Environment["PYTHONPATH"] = folder;
            start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
            using var process = Process.Start(start)!;
            Assert.Equal(said + "\n", process.StandardError.ReadToEnd());
            process.WaitForExit();
            Assert.Equal(1, process.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
