using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Cluster.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Cluster.Trials")]
[assembly: InternalsVisibleTo("Nonsmooth.Training")]
