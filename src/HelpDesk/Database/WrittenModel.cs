using HelpDesk.Database;

namespace DeskModel;

/// <summary>EF's model of the desk's tables as <c>deploy/model</c> wrote it out, and what EF does not write.</summary>
public partial class HelpDeskDbModel
{
    partial void Customize() => QueueSight.Apply(this);
}
