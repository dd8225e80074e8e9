using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Reliability.Tests.Profiles;

public class ProfileTests
{
    [Fact]
    public void IsFoundByName() => Assert.All(Profile.All, p => Assert.Same(p, Profile.Find(p.Name)));

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheKnownOnes()
    {
        var error = Assert.Throws<NonsmoothException>(() => Profile.Find("torch"));
        Assert.Contains("libtorch-2.10, libtorch-2.14, jax, tensorflow, paddle, tinygrad, autograd, pytensor, casadi, warp, minimal-norm", error.Message, StringComparison.Ordinal);
    }
}
